/** "Leest nu": who has words open that lie before people, and has not answered to them yet. */
import { standing } from '#plan/answers.ts'
import type { PersonId } from '#plan/people.ts'
import type { Refusal } from '#plan/refusals.ts'
import type { ReadingView } from '#live/wire.ts'
import * as goals from '../db/goals.ts'
import type { Db } from '../db/open.ts'
import type { Circle } from '../seats.ts'
import { roundNow } from '../views.ts'

/** The words somebody has open: which goal, and exactly which text. */
export type Open = { goalId: string; hash: string }
export type Reads = Open & { personId: PersonId }

/**
 * Who may be shown as reading: somebody whose answer to exactly these words is still asked.
 *
 * Of anyone else at the plan it is nobody's business what they look at. Refuses with
 * `unknown-goal`, `not-presented`, `words-changed`, `not-a-party`.
 */
export async function mayBeSeen(
  db: Db,
  { planId }: Circle,
  personId: PersonId,
  { goalId, hash }: Open,
): Promise<Reads | Refusal> {
  const goal = await goals.find(db, goalId)
  if (goal?.planId !== planId) return 'unknown-goal'
  const now = goal.state === 'presented' ? await roundNow(db, goal) : undefined
  if (!now) return 'not-presented'
  const { round } = now
  if (round.hash !== hash) return 'words-changed'
  const asked = round.parties.some((one) => one.personId === personId && one.informed !== true)
  if (!asked || standing(round.answers, personId)) return 'not-a-party'
  return { goalId, hash, personId }
}

/** Everyone who reads, by the words they read; each once however many screens they have. */
export function readingNow(all: readonly (Reads | undefined)[]): ReadingView[] {
  const byHash = new Map<string, ReadingView>()
  for (const one of all) {
    if (!one) continue
    const { goalId, hash, personId } = one
    const key = `${goalId} ${hash}`
    const known = byHash.get(key) ?? { goalId, hash, people: [] }
    if (!known.people.includes(personId)) known.people.push(personId)
    byHash.set(key, known)
  }
  return [...byHash.values()]
}
