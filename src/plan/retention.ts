/** How long a record of care is kept (WGBO 7:454 lid 3), and what may be forgotten of people before. */
import { isProfessional, isRepresentative, type Person } from './people.ts'

/** Years after the last change, since 1 January 2020. */
export const RETENTION_YEARS = 20

/** Whether a plan was kept long enough since the last thing was decided at it. */
export function isRetentionOver(last: Date | null, now: Date): boolean {
  if (last === null) return true
  const until = new Date(last)
  until.setUTCFullYear(until.getUTCFullYear() + RETENTION_YEARS)
  return until <= now
}

/**
 * Whether the name of somebody who left may go before that (AVG 17).
 *
 * Not of the client, whose plan it is; not of who gave care or stood in for her, for the record must
 * say who answers for what was done.
 */
export const mayBeForgotten = (person: Person): boolean =>
  person.access === 'ended' &&
  person.role !== 'client' &&
  !isProfessional(person) &&
  !isRepresentative(person)
