/** The acts after a meeting: its report, corrected and set; and how people found it. */
import { isClient, isFamily } from '#plan/people.ts'
import { isRefusal, type Refusal } from '#plan/refusals.ts'
import { correct, reportOf, withCorrections, type ReviewInMeeting } from '#plan/report.ts'
import { outcomeOf } from '#plan/reviews.ts'
import type { ReportView } from '#live/meeting.ts'
import { decide, orRefuse, refuse, type ActDeps } from './acts.ts'
import { sharedCards } from './agenda.ts'
import type { Account } from './auth/sessions.ts'
import * as events from './db/events.ts'
import * as goalRows from './db/goals.ts'
import * as meetings from './db/meetings.ts'
import type { Db, Tx } from './db/open.ts'
import * as reports from './db/reports.ts'
import { hashOf } from './ids.ts'
import { writeTo } from './invitations.ts'
import { seatAt, viewOf } from './meetings.ts'
import type { Circle } from './seats.ts'
import { goalViews } from './views.ts'

/** Makes the report of a meeting that is being closed; part of that decision. */
export async function makeReport(tx: Tx, circle: Circle, row: meetings.MeetingRow): Promise<void> {
  const goals = await goalViews(tx, circle)
  const reviews = await reviewsOf(tx, row.planId)
  const cards = await sharedCards(tx, row.planId)
  const report = reportOf(row.id, row.body, row.people, goals, reviews, cards)
  await reports.add(tx, row.planId, report)
}

/** Every looking back at a plan, with the words it was about. */
async function reviewsOf(tx: Tx, planId: string): Promise<ReviewInMeeting[]> {
  const versions = await goalRows.versions(tx, planId)
  return (await goalRows.reviews(tx, planId)).map((row) => {
    const about = versions.find((v) => v.goalId === row.goalId && v.version === row.version)
    return {
      goalId: row.goalId,
      plainText: about?.words.plainText ?? '',
      outcome: outcomeOf(row.outcome),
      text: row.text,
      said: row.said,
      by: row.personId,
      at: row.at.toISOString(),
    }
  })
}

/** The report of a meeting as it stands, with the marks of every correction. */
export async function reportView(
  db: Db,
  meetingId: string,
  me: string,
): Promise<ReportView | null> {
  const made = await reports.find(db, meetingId)
  if (!made) return null
  const set = await reports.setAs(db, meetingId)
  const corrections = await reports.corrections(db, meetingId)
  const given = await reports.feedback(db, meetingId)
  const average = (kind: reports.FeedbackRow['kind']) => {
    const rows = given.filter((row) => row.kind === kind)
    if (rows.length === 0) return []
    const of = (key: 'couldSay' | 'wasHeard' | 'knows') =>
      rows.reduce((sum, row) => sum + row[key], 0) / rows.length
    return [{ kind, people: rows.length, values: [of('couldSay'), of('wasHeard'), of('knows')] }]
  }
  return {
    report: set?.body ?? withCorrections(made, corrections),
    corrections,
    set: set ? { hash: set.hash, by: set.personId, at: set.at.toISOString() } : null,
    feedback: [...average('client'), ...average('family'), ...average('pro')],
    answered: given.some(({ personId }) => personId === me),
    clientAnswered: given.some(({ kind }) => kind === 'client'),
  }
}

/**
 * Corrects what stands in a report; the words before it stay visible.
 *
 * By who takes the minutes or leads. Refuses with `not-the-chair`, `not-now` once it is set,
 * `unknown-item`, `already-agreed` for words people said yes to, `nothing-to-decide`.
 */
export async function correctReport(
  deps: ActDeps,
  account: Account,
  asked: { meetingId: string; line: string; text: string },
): Promise<ReportView | Refusal> {
  const seat = await seatAt(deps, account, asked.meetingId)
  if (isRefusal(seat)) return seat
  const { me, planId } = seat
  const view = await decide(deps, async (tx) => {
    const row = (await meetings.hold(tx, asked.meetingId)) ?? refuse('unknown-meeting')
    if (![row.body.chair, row.body.minuteTaker].includes(me.id)) refuse('not-the-chair')
    const made = await reports.find(tx, row.id)
    if (row.state !== 'finished' || !made) refuse('not-now')
    const stands = withCorrections(made, await reports.corrections(tx, row.id))
    const at = new Date().toISOString()
    const { line, text } = asked
    const correction = orRefuse(correct(stands, { line, text, by: me.id, at }))
    await reports.correct(tx, planId, row.id, correction)
    await events.add(tx, {
      planId,
      kind: 'report-corrected',
      actorId: me.id,
      goalId: null,
      body: { meetingId: row.id, line, hash: hashOf(correction) },
    })
    return (await reportView(tx, row.id, me.id)) ?? refuse('not-now')
  })
  if (!isRefusal(view)) deps.tellPlan(planId)
  return view
}

/**
 * Sets the report: from here it never changes, its hash stands in the chain, and everyone who was
 * asked to come hears that it can be read. Only by who leads. Refuses with `not-now`.
 */
export async function setReport(
  deps: ActDeps,
  account: Account,
  meetingId: string,
): Promise<ReportView | Refusal> {
  const seat = await seatAt(deps, account, meetingId)
  if (isRefusal(seat)) return seat
  const { circle, me, planId } = seat
  const done = await decide(deps, async (tx) => {
    const row = (await meetings.hold(tx, meetingId)) ?? refuse('unknown-meeting')
    if (row.body.chair !== me.id) refuse('not-the-chair')
    const made = await reports.find(tx, row.id)
    if (row.state !== 'finished' || !made) refuse('not-now')
    const body = withCorrections(made, await reports.corrections(tx, row.id))
    const hash = hashOf(body)
    await reports.set(tx, planId, { body, hash, personId: me.id })
    await meetings.keep(tx, row.id, { ...row.body, state: 'set' }, row.known)
    await events.add(tx, {
      planId,
      kind: 'report-set',
      actorId: me.id,
      goalId: null,
      body: { meetingId: row.id, hash },
    })
    await writeTo(tx, circle, row, 'meeting-ended')
    const view = (await reportView(tx, row.id, me.id)) ?? refuse('not-now')
    return { view, meeting: await viewOf(tx, row.id) }
  })
  if (isRefusal(done)) return done
  deps.tellMeeting(done.meeting)
  deps.screenChanged()
  return done.view
}

export type Feedback = {
  meetingId: string
  couldSay: number
  wasHeard: number
  knows: number
  /** For the client, when somebody asks her aloud. */
  party?: string | undefined
}

/**
 * How somebody found the meeting: three small questions.
 *
 * Each for themselves; the client also through a professional who asks her. Refuses with
 * `not-for-her`, `not-now`, `unknown-person`.
 */
export async function giveFeedback(
  deps: ActDeps,
  account: Account,
  asked: Feedback,
): Promise<ReportView | Refusal> {
  const seat = await seatAt(deps, account, asked.meetingId)
  if (isRefusal(seat)) return seat
  const { circle, me, planId } = seat
  const view = await decide(deps, async (tx) => {
    const row = (await meetings.hold(tx, asked.meetingId)) ?? refuse('unknown-meeting')
    if (row.state !== 'finished' && row.state !== 'set') refuse('not-now')
    const whose = circle.people.find(({ id }) => id === (asked.party ?? me.id))
    if (!whose) refuse('unknown-person')
    const asks = isClient(whose) && [row.body.chair, row.body.minuteTaker].includes(me.id)
    if (whose.id !== me.id && !asks) refuse('not-for-her')
    const { couldSay, wasHeard, knows } = asked
    const kind = isClient(whose) ? 'client' : isFamily(whose) ? 'family' : 'pro'
    const given = { couldSay, wasHeard, knows, kind, personId: whose.id } as const
    await reports.addFeedback(tx, planId, row.id, { ...given, recordedBy: me.id })
    return (await reportView(tx, row.id, me.id)) ?? refuse('not-now')
  })
  return view
}
