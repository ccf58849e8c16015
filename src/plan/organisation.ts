/** Organisations: what somebody may know of a plan they do not sit at, because they answer for its terms. */
import type { Act } from './access.ts'
import { isLate, type Day, type Deadline } from './deadlines.ts'

/** Who belongs to an organisation. To work there gives no seat at any of its plans. */
export type Member = { organisationId: string; role: 'professional' | 'manager' }

const OF_MANAGERS: readonly Act[] = ['see-numbers', 'audit']

/**
 * Whether a member may do this with the plans of an organisation (domain.md §3.1, §3.3).
 *
 * A manager sees terms and numbers and may export who looked: of their own organisation, and never
 * a word of a plan. Everything else takes a seat at the plan itself.
 */
export const mayOfOrganisation = (
  members: readonly Member[],
  act: Act,
  organisationId: string,
): boolean =>
  OF_MANAGERS.includes(act) &&
  members.some((one) => one.role === 'manager' && one.organisationId === organisationId)

/** Words that were laid before people wait too long after two weeks. */
export const WAITS_LONG_DAYS = 14

/** What a manager is told of one plan: days and counts. */
export type Numbers = {
  deadlines: readonly Deadline[]
  /** Goals by how far they are. */
  writing: number
  waiting: number
  agreed: number
  /** Of those that wait: without the client's own yes. */
  withoutHerYes: number
  /** The day the longest one was laid before people. */
  waitingSince: Day | null
  /** Goals in force that should have been looked back at. */
  lookBackLate: number
}

/** What asks for a manager's eye, the most pressing first. */
export const CHASES = ['set-late', 'review-late', 'waits-long', 'look-back-late'] as const
export type Chase = (typeof CHASES)[number]

export function chasesOf(numbers: Numbers, today: Day, longAgo: Day): Chase[] {
  const late = (duty: Deadline['duty']) =>
    numbers.deadlines.some((one) => one.duty === duty && isLate(one, today))
  const { waitingSince } = numbers
  const found: Record<Chase, boolean> = {
    'set-late': late('set'),
    'review-late': late('review'),
    'waits-long': waitingSince !== null && waitingSince <= longAgo,
    'look-back-late': numbers.lookBackLate > 0,
  }
  return CHASES.filter((one) => found[one])
}
