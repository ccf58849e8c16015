/** The acts of a meeting: planning it, and every step in it. */
import { complete } from '#plan/agenda.ts'
import {
  mayCome,
  mayLead,
  newMeeting,
  takeStep,
  type Meeting,
  type MeetingState,
  type Step,
} from '#plan/meeting.ts'
import { isRefusal, type Refusal } from '#plan/refusals.ts'
import type { MeetingView } from '#live/meeting.ts'
import { decide, orRefuse, refuse, seatFor, type ActDeps } from './acts.ts'
import { suggestions } from './agenda.ts'
import type { Account } from './auth/sessions.ts'
import * as events from './db/events.ts'
import * as goals from './db/goals.ts'
import * as meetings from './db/meetings.ts'
import type { Db, Tx } from './db/open.ts'
import type { PersonRow } from './db/plans.ts'
import * as screens from './db/screens.ts'
import { newId } from './ids.ts'
import { writeTo } from './invitations.ts'
import { makeReport } from './reports.ts'
import { allows, seatOf, waitsForTalk, type Circle } from './seats.ts'

/** When, where and with whom people meet. */
export type Planning = {
  onAt: string
  minutes: number
  place: string
  link: string
  people: readonly string[]
  chair?: string | undefined
}

/** What every invitation says (Wlz 8.1.1 lid 3 and 7): that it was said is on record. */
const TOLD = ['client-supporter', 'own-plan']

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
 * Plans a meeting; its agenda fills itself.
 *
 * By who may lead one. Refuses with `unknown-person` for who is not around the plan, and `not-now`
 * while another meeting is planned or going on.
 */
export async function planMeeting(
  deps: ActDeps,
  account: Account,
  asked: Planning & { planId: string },
): Promise<MeetingView | Refusal> {
  const seat = await seatFor(deps, account, asked.planId, 'lead')
  if (isRefusal(seat)) return seat
  const { circle, me } = seat
  const view = await decide(deps, async (tx) => {
    if (await meetings.current(tx, asked.planId)) refuse('not-now')
    const id = newId()
    const { planId } = asked
    const people = invited(circle, me, asked)
    const onAt = new Date(asked.onAt)
    const agenda = await suggestions(tx, circle, onAt)
    const { minutes, place, link } = asked
    const when = { onAt, minutes, place, link, people }
    const body = newMeeting(chairOf(circle, me, asked.chair), agenda)
    const known = agenda.map((item) => item.id)
    await meetings.add(tx, { planId, id, ...when, plannedBy: me.id, known, body })
    await events.add(tx, {
      planId,
      kind: 'meeting-planned',
      actorId: me.id,
      goalId: null,
      body: { meetingId: id, onAt: onAt.toISOString(), people, chair: body.chair, told: TOLD },
    })
    await writeTo(tx, circle, (await meetings.find(tx, id))!, 'meeting')
    return viewOf(tx, id)
  })
  return heard(deps, view)
}

/** Moves a planned meeting to another day or place, or asks others to come. */
export async function moveMeeting(
  deps: ActDeps,
  account: Account,
  asked: Planning & { meetingId: string },
): Promise<MeetingView | Refusal> {
  const seat = await seatAt(deps, account, asked.meetingId, true)
  if (isRefusal(seat)) return seat
  const { circle, me } = seat
  const view = await decide(deps, async (tx) => {
    const row = (await meetings.hold(tx, asked.meetingId)) ?? refuse('unknown-meeting')
    if (row.state !== 'planned') refuse('not-now')
    const people = invited(circle, me, asked)
    const onAt = new Date(asked.onAt)
    const { minutes, place, link } = asked
    await meetings.move(tx, row.id, { onAt, minutes, place, link, people })
    await events.add(tx, {
      planId: row.planId,
      kind: 'meeting-moved',
      actorId: me.id,
      goalId: null,
      body: { meetingId: row.id, onAt: onAt.toISOString(), people, told: TOLD },
    })
    const moved = (await meetings.find(tx, row.id))!
    const gone = row.people.filter((id) => !people.includes(id))
    const fresh = people.filter((id) => !row.people.includes(id))
    const stay = people.filter((id) => row.people.includes(id))
    await writeTo(tx, circle, moved, 'meeting-moved', stay)
    await writeTo(tx, circle, moved, 'meeting', fresh)
    await writeTo(tx, circle, moved, 'meeting-cancelled', gone)
    return viewOf(tx, row.id)
  })
  return heard(deps, view)
}

/** Calls a planned meeting off. */
export async function cancelMeeting(
  deps: ActDeps,
  account: Account,
  meetingId: string,
): Promise<MeetingView | Refusal> {
  const seat = await seatAt(deps, account, meetingId, true)
  if (isRefusal(seat)) return seat
  const { circle, me } = seat
  const view = await decide(deps, async (tx) => {
    const row = (await meetings.hold(tx, meetingId)) ?? refuse('unknown-meeting')
    if (row.state !== 'planned') refuse('not-now')
    await meetings.keep(tx, row.id, { ...row.body, state: 'cancelled' }, row.known)
    const sequence = row.calendarSequence + 1
    await writeTo(tx, circle, { ...row, calendarSequence: sequence }, 'meeting-cancelled')
    await events.add(tx, {
      planId: row.planId,
      kind: 'meeting-cancelled',
      actorId: me.id,
      goalId: null,
      body: { meetingId: row.id },
    })
    return viewOf(tx, row.id)
  })
  return heard(deps, view)
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
    const before = step.do === 'start' ? await completed(tx, circle, row) : row.body
    const people = circle.people.filter(({ access }) => access === 'active')
    const now = new Date().toISOString()
    const after = orRefuse(takeStep(before, step, { by: me, people, now, newId: newId() }))
    if (after === row.body) return meetingView(tx, row)
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

function invited(circle: Circle, me: PersonRow, { people }: Planning): string[] {
  const all = [...new Set([me.id, ...people])]
  for (const id of all) {
    const person = circle.people.find((one) => one.id === id && one.access === 'active')
    if (!person || !mayCome(person, circle.people)) refuse('unknown-person')
  }
  return all
}

function chairOf(circle: Circle, me: PersonRow, chair: string | undefined): string {
  if (chair === undefined) return me.id
  const person = circle.people.find(({ id, access }) => id === chair && access === 'active')
  if (!person) refuse('unknown-person')
  return mayLead(person, circle.people) ? person.id : refuse('no-access')
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
