/** Rows of meetings: each holds what everyone sees of one. */
import type { Meeting, MeetingState } from '#plan/meeting.ts'
import type { PersonId } from '#plan/people.ts'
import type { Db } from './open.ts'

export type MeetingRow = {
  planId: string
  id: string
  onAt: Date
  minutes: number
  place: string
  link: string
  people: PersonId[]
  plannedBy: PersonId
  state: MeetingState
  calendarSequence: number
  revision: number
  /** Items that were once on the agenda: what was taken off does not return. */
  known: string[]
  body: Meeting
}

const columns = (db: Db) => db`
  plan_id as "planId", id, on_at as "onAt", minutes, place, link, people,
  planned_by as "plannedBy", state, calendar_sequence as "calendarSequence", revision, known, body`

export async function find(db: Db, id: string): Promise<MeetingRow | undefined> {
  const [row] = await db<MeetingRow[]>`select ${columns(db)} from meeting where id = ${id}`
  return row
}

/** Holds a meeting until the transaction ends: steps are taken one after another. */
export async function hold(db: Db, id: string): Promise<MeetingRow | undefined> {
  const [row] = await db<MeetingRow[]>`
    select ${columns(db)} from meeting where id = ${id} for update`
  return row
}

/** Every meeting of a plan, newest first. */
export const ofPlan = (db: Db, planId: string): Promise<MeetingRow[]> =>
  db<MeetingRow[]>`
    select ${columns(db)} from meeting where plan_id = ${planId} order by on_at desc, id`

/** The meeting that is planned, going on, or waits for its report; the one under way first. */
export async function current(db: Db, planId: string): Promise<MeetingRow | undefined> {
  const [row] = await db<MeetingRow[]>`
    select ${columns(db)} from meeting
    where plan_id = ${planId} and state in ('planned', 'under-way', 'finished')
    order by case state when 'under-way' then 0 when 'finished' then 1 else 2 end, on_at limit 1`
  return row
}

export type NewMeeting = Omit<MeetingRow, 'revision' | 'calendarSequence' | 'state'>

export async function add(db: Db, row: NewMeeting): Promise<void> {
  await db`
    insert into meeting (plan_id, id, on_at, minutes, place, link, people, planned_by, state,
      known, body)
    values (${row.planId}, ${row.id}, ${row.onAt}, ${row.minutes}, ${row.place}, ${row.link},
      ${db.json(row.people)}, ${row.plannedBy}, ${row.body.state}, ${db.json(row.known)},
      ${db.json(row.body)})`
}

/** Keeps what a step made of a meeting. */
export async function keep(db: Db, id: string, body: Meeting, known: string[]): Promise<void> {
  await db`
    update meeting set body = ${db.json(body)}, state = ${body.state}, known = ${db.json(known)},
      revision = revision + 1
    where id = ${id}`
}

type When = Pick<MeetingRow, 'onAt' | 'minutes' | 'place' | 'link' | 'people'>

/** Another day, place or company: calendars take the newer one. */
export async function move(db: Db, id: string, to: When): Promise<void> {
  await db`
    update meeting set on_at = ${to.onAt}, minutes = ${to.minutes}, place = ${to.place},
      link = ${to.link}, people = ${db.json(to.people)},
      calendar_sequence = calendar_sequence + 1, revision = revision + 1
    where id = ${id}`
}
