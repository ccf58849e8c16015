/**
 * The days on which people look back together, for a calendar.
 *
 * Calendars leak: they hang in kitchens and are shared with colleagues. So the file names nobody
 * and no goal. Days are days, not times; a moment is written in UTC, which every calendar shows in
 * its own time, also across the change to summer time.
 */
import ical, { ICalEventStatus } from 'ical-generator'
import type { Refusal } from '#plan/refusals.ts'
import type { App } from '../app.ts'
import type { Account } from '../auth/sessions.ts'
import * as events from '../db/events.ts'
import * as goals from '../db/goals.ts'
import { planView } from '../plan-views.ts'
import { seated } from '../seated.ts'
import { uuid } from './fhir/shape.ts'
import { sentences, type Locale } from './sentences.ts'

export type Entry = {
  /** Stays the same when the day moves in nothing but its details. */
  uid: string
  /** Goes up with every change. */
  sequence: number
  cancelled: boolean
  at: { day: string } | { start: Date; end: Date }
}

export function calendarOf(entries: readonly Entry[], locale: Locale, made: Date): string {
  const m = sentences(locale)
  const calendar = ical({ prodId: '//Aan tafel//Aan tafel//NL' })
  for (const { uid, sequence, cancelled, at } of entries) {
    const when =
      'day' in at
        ? { start: new Date(`${at.day}T00:00:00Z`), allDay: true, timezone: 'UTC' }
        : { start: at.start, end: at.end } // no time zone: written in UTC
    calendar.createEvent({
      id: uid,
      sequence,
      stamp: made,
      ...when,
      summary: m.export_event(),
      status: cancelled ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED,
    })
  }
  return calendar.toString()
}

/**
 * The days of looking back that still stand, for everyone with a seat. A day that was agreed
 * earlier and is no longer in force is in the file as cancelled, so that it leaves a calendar.
 */
export async function reviewCalendar(
  app: App,
  account: Account,
  planId: string,
  locale: Locale,
): Promise<{ file: string } | Refusal> {
  const seat = await seated(app, account, planId)
  if (typeof seat === 'string') return seat
  const { circle, me } = seat
  app.accessLog.did(circle, me, 'calendar')
  const { sql } = app.db
  const plan = await planView(sql, circle, me)
  if (!plan) return 'unknown-plan'
  const inForce = plan.goals.flatMap(({ agreed, reviews }) => {
    const day = agreed?.words.reviewOn ?? null
    return day === null ? [] : [{ day, done: reviews.some(({ on }) => on >= day) }]
  })
  const open = inForce.filter(({ done }) => !done).map(({ day }) => day)
  const agreed = (await events.ofPlan(sql, planId)).filter(({ kind }) => kind === 'goal-agreed')
  const versions = await goals.versions(sql, planId)
  const gone = agreed
    .flatMap(({ goalId, body }) => {
      const { version } = body as { version: number }
      return (
        versions.find((v) => v.goalId === goalId && v.version === version)?.words.reviewOn ?? []
      )
    })
    .filter((day) => !inForce.some((one) => one.day === day))
  const all = [...new Set([...open, ...gone])].sort()
  if (all.length === 0) return 'nothing-to-decide'
  const entries = all.map((day): Entry => ({
    uid: `${uuid('review', planId, day)}@aan-tafel`,
    sequence: agreed.length,
    cancelled: gone.includes(day),
    at: { day },
  }))
  return { file: calendarOf(entries, locale, new Date()) }
}
