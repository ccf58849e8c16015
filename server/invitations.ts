/**
 * Letters about a meeting. They hold no word of care; each says that one may have somebody of
 * one's own beside one, and may hand in a plan of one's own (Wlz 8.1.1 lid 3 and 7): that this was
 * said, to whom and when, is kept in the plan's chain.
 */
import type { PersonId } from '#plan/people.ts'
import { calendarId } from './calendar.ts'
import type { MeetingRow } from './db/meetings.ts'
import type { Tx } from './db/open.ts'
import { letter } from './mail.ts'
import type { Circle } from './seats.ts'

type Kind = 'meeting' | 'meeting-moved' | 'meeting-cancelled' | 'meeting-ended'

/** Writes to everyone who is asked to come, as part of the decision. */
export async function writeTo(
  tx: Tx,
  circle: Circle,
  row: MeetingRow,
  kind: Kind,
  people: readonly PersonId[] = row.people,
): Promise<void> {
  const { planId, onAt, minutes, place, link } = row
  for (const id of people) {
    const person = circle.people.find((one) => one.id === id && one.access === 'active')
    if (!person) continue
    const to = person.accountId
    const once = `${kind} ${row.id} ${row.calendarSequence} ${id}`
    if (kind === 'meeting-ended') {
      await letter(tx, { to, planId, kind, once })
      continue
    }
    await letter(tx, {
      to,
      planId,
      kind,
      once,
      uid: calendarId(row.id),
      start: onAt.toISOString(),
      end: new Date(onAt.getTime() + minutes * 60_000).toISOString(),
      sequence: row.calendarSequence,
      ...(place && { place }),
      ...(link && { link }),
    })
  }
}
