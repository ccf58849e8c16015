/** Which goals wait for an answer, and of whom: their own, or the one they give for the client. */
import type { Round } from '#plan/agreement.ts'
import { dayOf } from '#plan/deadlines.ts'
import { abilityFor } from '#plan/deciding.ts'
import { actingRepresentative, clientOf, type Person } from '#plan/people.ts'
import { waitsForAnswer, waitsForHer } from '#plan/waiting.ts'
import type { GoalView } from '#live/wire.ts'
import * as forHer from './db/for-her.ts'
import * as goals from './db/goals.ts'
import * as judgements from './db/judgements.ts'
import type { Db } from './db/open.ts'
import type { Circle } from './seats.ts'

const answersNow = (goal: GoalView) => ({
  parties: goal.parties,
  answers: goal.answers.filter(({ version }) => version === goal.version),
})

/** Whether a goal waits for somebody's own answer. */
export const waitsFor = (goal: GoalView, personId: string): boolean =>
  goal.state === 'presented' &&
  goal.standing !== 'resisted' &&
  waitsForAnswer(answersNow(goal), personId)

/** Who should answer for the client about the words of a version, and has not. */
export async function asksForHer(
  db: Db,
  { people }: Circle,
  { goalId, version }: Pick<goals.VersionRow, 'goalId' | 'version'>,
  round: Pick<Round, 'parties' | 'answers' | 'ability'>,
): Promise<Person | null> {
  const acting = actingRepresentative(people)
  const client = clientOf(people)
  if (!acting || !client) return null
  const asked = await forHer.newest(db, goalId, version)
  return waitsForHer(round, client.id, asked !== undefined) ? acting : null
}

/** Who stands in for the client now, and the goals that wait for what they say for her. */
export async function waitingForHer(
  db: Db,
  circle: Circle,
  views: readonly GoalView[],
): Promise<{ personId: string; goals: GoalView[] } | null> {
  const acting = actingRepresentative(circle.people)
  const open = views.filter(({ state }) => state === 'presented')
  if (!acting || open.length === 0) return null
  const { planId } = circle
  const judged = await judgements.ofPlan(db, planId)
  const versions = await goals.versions(db, planId)
  const today = dayOf(new Date())
  const waiting: GoalView[] = []
  for (const view of open) {
    const version = versions.find((v) => v.goalId === view.id && v.version === view.version)
    if (!version) continue
    const ability = abilityFor(version, judged, today)
    if (await asksForHer(db, circle, version, { ...answersNow(view), ability })) waiting.push(view)
  }
  return { personId: acting.id, goals: waiting }
}
