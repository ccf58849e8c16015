/** A meeting that goes on: how it stands, and every step in it. */
import { complete } from '#plan/agenda.ts'
import { itemNow, mayLead, named, settled, type Meeting, type MeetingState } from '#plan/meeting.ts'
import { isRefusal, type Refusal } from '#plan/refusals.ts'
import { takeStep, type Step } from '#plan/steps.ts'
import type { MeetingView } from '#live/meeting.ts'
import { decide, orRefuse, refuse, type ActDeps } from './acts.ts'
import { suggestions } from './agenda.ts'
import type { Account } from './auth/sessions.ts'
import * as events from './db/events.ts'
import * as goals from './db/goals.ts'
import * as meetings from './db/meetings.ts'
import type { Db, Tx } from './db/open.ts'
import type { PersonRow } from './db/plans.ts'
import * as screens from './db/screens.ts'
import { newId } from './ids.ts'
import { makeReport } from './reports.ts'
import { allows, seatOf, waitsForTalk, type Circle } from './seats.ts'
import { goalView } from './views.ts'

/** A meeting as the people of its plan see it. */
export async function meetingView(db: Db, row: meetings.MeetingRow): Promise<MeetingView> {
  const { body, id, planId, minutes, place, link, people, plannedBy, revision } = row
  const admitted = await screens.ofMeeting(db, id)
  return {
    ...body,
    id,
    planId,
    onAt: row.onAt.toISOString(),
    minutes,
    place,
    link,
    people,
    plannedBy,
    revision,
    screens: admitted.map((screen) => ({
      id: screen.id,
      code: screen.code,
      since: screen.admittedAt!.toISOString(),
    })),
  }
}

/** A meeting read anew, within what is being decided or outside it. */
export const viewOf = async (db: Db, id: string): Promise<MeetingView> => {
  const row = await meetings.find(db, id)
  return meetingView(db, row ?? refuse('unknown-meeting'))
}

/**
 * Takes one step in a meeting; everyone at the plan and every big screen hears of it.
 *
 * Steps are taken one after another, whoever takes them and through whichever process. Refuses as
 * `takeStep` does.
 */
export async function stepMeeting(
  deps: ActDeps,
  account: Account,
  asked: { meetingId: string; step: Step },
): Promise<MeetingView | Refusal> {
  const seat = await seatAt(deps, account, asked.meetingId)
  if (isRefusal(seat)) return seat
  const { circle, me } = seat
  const { step } = asked
  const view = await decide(deps, async (tx) => {
    const row = (await meetings.hold(tx, asked.meetingId)) ?? refuse('unknown-meeting')
    if (step.do === 'bring' && (await goals.find(tx, step.goal))?.planId !== row.planId)
      refuse('unknown-goal')
    const before = await beforeStep(tx, circle, row, step)
    const people = circle.people.filter(({ access }) => access === 'active')
    const now = new Date().toISOString()
    const after = orRefuse(takeStep(before, step, { by: me, people, now, newId: newId() }))
    if (after === before) return meetingView(tx, row)
    const known = [...new Set([...row.known, ...after.agenda.map(({ id }) => id)])]
    await meetings.keep(tx, row.id, after, known)
    if (step.do === 'finish') await makeReport(tx, circle, { ...row, body: after })
    const decision = decisionOf(row.body, after, step)
    if (decision) {
      const { kind, body } = decision
      const { planId } = row
      await events.add(tx, {
        planId,
        kind,
        actorId: me.id,
        goalId: null,
        body: { meetingId: row.id, ...body },
      })
    }
    return meetingView(tx, { ...row, body: after, known, revision: row.revision + 1 })
  })
  if (!isRefusal(view) && opensOrShuts(step)) await interpretersFollow(deps, circle)
  return heard(deps, view)
}

/** The steps after which an interpreter is part of a talk that goes on, or no longer. */
const opensOrShuts = (step: Step): boolean => ['start', 'finish', 'presence'].includes(step.do)

/** They read along from the start of a talk until its end: their seat follows before all hear of it. */
async function interpretersFollow(deps: ActDeps, { planId, people }: Circle): Promise<void> {
  if (people.some(({ role }) => role === 'interpreter')) await deps.peopleChanged(planId)
}

/** Who asks, if they may see this meeting (or, with `leading`, prepare it). */
export async function seatAt(
  deps: ActDeps,
  account: Account,
  meetingId: string,
  leading = false,
): Promise<{ circle: Circle; me: PersonRow; planId: string } | Refusal> {
  if (account.handover !== null) return 'handed-over'
  const found = await meetings.find(deps.sql, meetingId)
  if (!found) return 'no-access'
  const { planId } = found
  const circle = await deps.seats.circle(planId)
  const me = seatOf(circle, account.id)
  if (!me || !allows(circle, me, 'read', { zone: 'shared' })) {
    if (waitsForTalk(circle.people, account.id)) return 'between-talks'
    deps.log.turnedAway(planId, account.id, 'meeting', 'shared')
    return 'no-access'
  }
  if (leading && !mayLead(me, circle.people) && found.body.chair !== me.id) return 'no-access'
  return { circle, me, planId }
}

/** The meeting as it is when a step is taken. */
async function beforeStep(
  tx: Tx,
  circle: Circle,
  row: meetings.MeetingRow,
  step: Step,
): Promise<Meeting> {
  if (step.do === 'start') return completed(tx, circle, row)
  const meeting = await calledByItsWords(tx, circle, row)
  return decidesWhatIsLeft(step) ? settledNow(tx, row.planId, meeting) : meeting
}

/** The steps that look for what is not dealt with yet. */
const decidesWhatIsLeft = (step: Step): boolean => ['next', 'park', 'finish'].includes(step.do)

/** A goal on the table that had no words when it came there is called by them from the next step on. */
async function calledByItsWords(
  tx: Tx,
  circle: Circle,
  { body }: meetings.MeetingRow,
): Promise<Meeting> {
  const item = itemNow(body)
  if (!item?.goalId || item.title !== '') return body
  const goal = await goalView(tx, circle, item.goalId)
  return goal ? named(body, new Map([[goal.id, goal.words.plainText]])) : body
}

/** A meeting with what was agreed in it until now dealt with. */
export async function settledNow(db: Db, planId: string, meeting: Meeting): Promise<Meeting> {
  const rows = await goals.ofPlan(db, planId)
  const known = rows.map(({ id, wishes, agreedAt }) => ({
    id,
    wishes,
    agreed: agreedAt && { at: agreedAt.toISOString() },
  }))
  return settled(meeting, known)
}

/** The agenda as it is when the meeting begins: what came up since it was made is on it. */
async function completed(tx: Tx, circle: Circle, row: meetings.MeetingRow): Promise<Meeting> {
  const fresh = await suggestions(tx, circle, row.onAt)
  return { ...row.body, agenda: complete(row.body.agenda, fresh, new Set(row.known)) }
}

/** The meeting that is planned, going on or waits for its report; what is new is on its agenda. */
export async function currentMeeting(db: Db, circle: Circle): Promise<MeetingView | null> {
  const row = await meetings.current(db, circle.planId)
  if (!row) return null
  if (row.state !== 'planned') return meetingView(db, row)
  const fresh = await suggestions(db, circle, row.onAt)
  const agenda = complete(row.body.agenda, fresh, new Set(row.known))
  return meetingView(db, { ...row, body: { ...row.body, agenda } })
}

/** The meeting people are in, or have just been in; null when there is none. */
export async function ongoing(db: Db, planId: string): Promise<MeetingView | null> {
  const row = await meetings.current(db, planId)
  return row && row.state !== 'planned' ? meetingView(db, row) : null
}

/** A meeting that is held, as far as a list needs it. */
export type MeetingLine = { id: string; onAt: string; state: MeetingState; chair: string }

/** After the commit everyone at the plan hears it. */
export function heard(deps: ActDeps, view: MeetingView | Refusal): MeetingView | Refusal {
  if (!isRefusal(view)) deps.tellMeeting(view)
  return view
}

type Decision = { kind: events.EventKind; body: Record<string, string | null> }

/** What of a step is a decision, kept in the plan's chain; hands and pointing are not. */
function decisionOf(before: Meeting, after: Meeting, step: Step): Decision | null {
  if (after.state !== before.state) {
    return after.state === 'under-way'
      ? { kind: 'meeting-started', body: { at: after.startedAt } }
      : { kind: 'meeting-finished', body: { at: after.finishedAt } }
  }
  if (after.chair !== before.chair) {
    return { kind: 'meeting-led', body: { chair: after.chair, before: before.chair, how: step.do } }
  }
  if (after.minuteTaker !== before.minuteTaker) {
    return { kind: 'meeting-minutes', body: { minuteTaker: after.minuteTaker } }
  }
  if (step.do === 'park') return { kind: 'meeting-parked', body: { item: step.item } }
  if (step.do === 'presence') {
    return { kind: 'meeting-presence', body: { person: step.person, how: step.how } }
  }
  return null
}
