/**
 * Rounds that wait for an answer.
 *
 * Who was asked and has not reacted is reminded on day 3, 7 and 14; then it stops, and who leads
 * hears that somebody does not answer. After six weeks a round has run out. Silence is never a yes.
 */
import type { Round } from './agreement.ts'
import { isResisted, standing } from './answers.ts'
import type { PersonId } from './people.ts'

export const REMIND_ON = [3, 7, 14] as const
export const LAST_DAY = 42

/** Whether words wait for the answer of somebody who was asked. */
export const waitsForAnswer = (
  { parties, answers }: Pick<Round, 'parties' | 'answers'>,
  personId: PersonId,
): boolean =>
  parties.some((party) => party.personId === personId && party.informed !== true) &&
  !answers.some((answer) => answer.partyId === personId)

/**
 * Whether words wait for who stands in for the client: where she cannot decide them, until that
 * person answers for her; where nobody said so, once they were asked, until either has answered.
 */
export function waitsForHer(
  { parties, answers, ability }: Pick<Round, 'parties' | 'answers' | 'ability'>,
  client: PersonId,
  asked: boolean,
): boolean {
  if (!parties.some((party) => party.personId === client && party.informed !== true)) return false
  if (isResisted(answers, client, ability)) return false
  if (ability === 'unable') return !answers.some(({ method }) => method === 'on_behalf')
  return ability === 'in-part' && asked && !standing(answers, client)
}

export type Wait =
  | { kind: 'remind'; personId: PersonId; day: number }
  /** No more reminders: who leads should talk to this person. */
  | { kind: 'stop'; personId: PersonId; day: number }
  | { kind: 'expire' }

const DAY_MS = 86_400_000

/** Whole days since the words were laid before people. */
export const daysWaiting = (presentedAt: string, now: string): number =>
  Math.floor((Date.parse(now) - Date.parse(presentedAt)) / DAY_MS)

/**
 * What is due for a round now.
 *
 * @param round with who else it waits for: who answers for the client
 * @param sent reminders that went out: a person and the day each was for
 * @param lastDay the day after which a round has run out
 */
export function dueNow(
  round: Pick<Round, 'parties' | 'answers'> & { presentedAt: string; standsIn?: PersonId | null },
  sent: readonly { personId: PersonId; day: number }[],
  now: string,
  lastDay: number = LAST_DAY,
): Wait[] {
  const days = daysWaiting(round.presentedAt, now)
  if (days >= lastDay) return [{ kind: 'expire' }]
  const due = REMIND_ON.findLast((day) => days >= day)
  if (due === undefined) return []
  const last = REMIND_ON.at(-1)
  const own = round.parties
    .map(({ personId }) => personId)
    .filter((id) => waitsForAnswer(round, id))
  return [...new Set([...own, ...(round.standsIn ? [round.standsIn] : [])])].flatMap(
    (personId): Wait[] => {
      if (sent.some((one) => one.personId === personId && one.day >= due)) return []
      const reminder: Wait = { kind: 'remind', personId, day: due }
      return due === last ? [reminder, { kind: 'stop', personId, day: due }] : [reminder]
    },
  )
}
