/** Before a meeting: planning it, moving it, calling it off; everyone who is asked hears by letter. */
import { mayCome, mayLead, newMeeting } from '#plan/meeting.ts'
import { isRefusal, type Refusal } from '#plan/refusals.ts'
import type { MeetingView } from '#live/meeting.ts'
import { decide, refuse, seatFor, type ActDeps } from './acts.ts'
import { suggestions } from './agenda.ts'
import type { Account } from './auth/sessions.ts'
import * as events from './db/events.ts'
import * as meetings from './db/meetings.ts'
import type { PersonRow } from './db/plans.ts'
import { newId } from './ids.ts'
import { writeTo } from './invitations.ts'
import { heard, seatAt, viewOf } from './meetings.ts'
import type { Circle } from './seats.ts'

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
