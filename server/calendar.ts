/** A meeting as calendars know it. Calendars leak: no name, no word of care. */
import ical, { ICalCalendarMethod, ICalEventStatus } from 'ical-generator'
import { isRefusal, type Refusal } from '#plan/refusals.ts'
import type { App } from './app.ts'
import type { Account } from './auth/sessions.ts'
import * as meetings from './db/meetings.ts'
import { seated } from './seated.ts'

export const calendarId = (meetingId: string): string => `gesprek-${meetingId}@aan-tafel`

/** The meeting that is planned, for one's own calendar. Refuses with `unknown-meeting`. */
export async function meetingFile(
  app: App,
  account: Account,
  planId: string,
  base: string,
): Promise<{ file: string } | Refusal> {
  const seat = await seated(app, account, planId)
  if (isRefusal(seat)) return seat
  const row = await meetings.current(app.db.sql, planId)
  if (!row) return 'unknown-meeting'
  const calendar = ical({
    prodId: '//Aan tafel//Aan tafel//NL',
    method: ICalCalendarMethod.PUBLISH,
  })
  calendar.createEvent({
    id: calendarId(row.id),
    sequence: row.calendarSequence,
    start: row.onAt, // no time zone: written in UTC, which every calendar shows in its own
    end: new Date(row.onAt.getTime() + row.minutes * 60_000),
    summary: 'Gesprek aan tafel',
    location: row.place || row.link || null,
    status: ICalEventStatus.CONFIRMED,
    url: new URL(`/plan/${planId}/gesprek`, base).href,
  })
  return { file: calendar.toString() }
}
