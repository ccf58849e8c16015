/** What the page of a plan's meetings is given, so that it can be read before any script runs. */
import { mayLead } from '#plan/meeting.ts'
import { clientOf } from '#plan/people.ts'
import type { Refusal } from '#plan/refusals.ts'
import type { MeetingPage, MeetingView, ReportPage, ReportView } from '#live/meeting.ts'
import type { App } from './app.ts'
import type { Account } from './auth/sessions.ts'
import * as meetings from './db/meetings.ts'
import * as plans from './db/plans.ts'
import * as preparation from './db/preparation.ts'
import { currentMeeting, meetingView, seatAt, type MeetingLine } from './meetings.ts'
import { permissions, planPage } from './plans.ts'
import { seated } from './seated.ts'
import { reportView } from './reports.ts'
import { seatOf } from './seats.ts'
import { planView } from './plan-views.ts'

/** The meeting that is planned or going on, and those that were held. */
export async function meetingPage(
  app: App,
  account: Account,
  planId: string,
): Promise<MeetingPage | Refusal> {
  const seat = await seated(app, account, planId)
  if (typeof seat === 'string') return seat
  const { circle, me } = seat
  const { sql } = app.db
  const page = await planPage(app, account, planId)
  if (typeof page === 'string') return page
  const held = await meetings.ofPlan(sql, planId)
  const meeting = await currentMeeting(sql, circle)
  const prepared = (meeting ? await preparation.ofMeeting(sql, meeting.id) : []).filter(
    ({ handedInAt }) => handedInAt !== null,
  )
  const client = clientOf(circle.people)
  const lead = mayLead(me, circle.people)
  const hers = lead ? prepared.find(({ personId }) => personId === client?.id) : undefined
  const calls = await preparation.callsFor(sql, planId, me.id)
  return {
    plan: page.plan,
    me: me.id,
    may: { ...page.may, lead },
    cards: page.boards.find(({ zone }) => zone === 'shared')?.cards ?? [],
    meeting,
    prepared: prepared.map(({ personId }) => personId),
    feeling: hers?.answers.feeling ?? null,
    calls: calls.map(({ id, fromId, text }) => ({ id, from: fromId, text })),
    held: held
      .filter(({ state }) => state === 'set' || state === 'finished')
      .map(({ id, onAt, state }) => ({ id, onAt: onAt.toISOString(), state })),
  }
}

/** The meetings somebody leads that a big screen could show. */
export async function ledBy(
  app: App,
  account: Account,
): Promise<{ id: string; onAt: string; callMe: string }[]> {
  const { sql } = app.db
  const found: { id: string; onAt: string; callMe: string }[] = []
  for (const plan of await plans.ofAccount(sql, account.id)) {
    const row = await meetings.current(sql, plan.id)
    const circle = await app.seats.circle(plan.id)
    if (!row || row.body.chair !== seatOf(circle, account.id)?.id) continue
    found.push({ id: row.id, onAt: row.onAt.toISOString(), callMe: plan.callMe })
  }
  return found
}

/** Every meeting of a plan, newest first. */
export async function heldMeetings(
  app: App,
  account: Account,
  planId: string,
): Promise<MeetingLine[] | Refusal> {
  const seat = await seated(app, account, planId)
  if (typeof seat === 'string') return seat
  return (await meetings.ofPlan(app.db.sql, planId)).map(({ id, onAt, state, body }) => ({
    id,
    onAt: onAt.toISOString(),
    state,
    chair: body.chair,
  }))
}

/** One meeting as it stands. */
export async function readMeeting(
  app: App,
  account: Account,
  meetingId: string,
): Promise<MeetingView | Refusal> {
  const seat = await seatAt(app.acts, account, meetingId)
  if (typeof seat === 'string') return seat
  const row = await meetings.find(app.db.sql, meetingId)
  return row ? meetingView(app.db.sql, row) : 'unknown-meeting'
}

/** The report of a meeting, with every correction. Refuses with `not-now` before it was closed. */
export async function readReport(
  app: App,
  account: Account,
  meetingId: string,
): Promise<ReportView | Refusal> {
  const seat = await seatAt(app.acts, account, meetingId)
  if (typeof seat === 'string') return seat
  return (await reportView(app.db.sql, meetingId, seat.me.id)) ?? 'not-now'
}

/** What the page of one report needs; without a report while there is none. */
export async function reportPage(
  app: App,
  account: Account,
  planId: string,
  meetingId: string,
): Promise<(Omit<ReportPage, 'view'> & { view: ReportView | null }) | Refusal> {
  const seat = await seatAt(app.acts, account, meetingId)
  if (typeof seat === 'string') return seat
  const { circle, me } = seat
  const { sql } = app.db
  const row = await meetings.find(sql, meetingId)
  const plan = await planView(sql, circle, me)
  if (!row || !plan || row.planId !== planId) return 'unknown-meeting'
  app.accessLog.did(circle, me, 'read-report')
  return {
    plan,
    me: me.id,
    may: { ...permissions(circle, me), lead: mayLead(me, circle.people) },
    chair: row.body.chair === me.id,
    onAt: row.onAt.toISOString(),
    underWay: row.state === 'under-way',
    view: await reportView(sql, meetingId, me.id),
  }
}
