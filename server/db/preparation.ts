/** Rows of what people prepare for a meeting, and of calls they ask for. */
import type { PersonId } from '#plan/people.ts'
import type { Answers } from '#plan/preparation.ts'
import type { Db } from './open.ts'

export type PreparationRow = {
  personId: PersonId
  answers: Answers
  cards: Record<string, string>
  /** The answers as they were handed in last. */
  handedIn: Answers
  handedInAt: Date | null
}

export const ofMeeting = (db: Db, meetingId: string): Promise<PreparationRow[]> =>
  db<PreparationRow[]>`
    select person_id as "personId", answers, cards, handed_in as "handedIn",
      handed_in_at as "handedInAt"
    from preparation where meeting_id = ${meetingId}`

export async function keep(
  db: Db,
  of: { planId: string; meetingId: string },
  { personId, answers, cards }: Omit<PreparationRow, 'handedIn' | 'handedInAt'>,
): Promise<void> {
  await db`
    insert into preparation (plan_id, meeting_id, person_id, answers, cards)
    values (${of.planId}, ${of.meetingId}, ${personId}, ${db.json(answers)}, ${db.json(cards)})
    on conflict (meeting_id, person_id)
    do update set answers = excluded.answers, cards = excluded.cards`
}

export async function handIn(db: Db, meetingId: string, personId: PersonId): Promise<void> {
  await db`
    update preparation set handed_in = answers, handed_in_at = now()
    where meeting_id = ${meetingId} and person_id = ${personId}`
}

export type CallRow = {
  planId: string
  id: string
  meetingId: string
  fromId: PersonId
  toId: PersonId
  text: string
  at: Date
}

export async function addCall(db: Db, row: Omit<CallRow, 'at'>): Promise<void> {
  await db`
    insert into call_request (plan_id, id, meeting_id, from_id, to_id, text)
    values (${row.planId}, ${row.id}, ${row.meetingId}, ${row.fromId}, ${row.toId}, ${row.text})`
}

/** What somebody was asked to call about and has not done yet. */
export const callsFor = (db: Db, planId: string, toId: PersonId): Promise<CallRow[]> =>
  db<CallRow[]>`
    select plan_id as "planId", id, meeting_id as "meetingId", from_id as "fromId",
      to_id as "toId", text, at
    from call_request where plan_id = ${planId} and to_id = ${toId} and done_at is null order by at`

/** A call that was made; only by whom it was asked of. */
export async function called(db: Db, id: string, toId: PersonId): Promise<boolean> {
  const rows = await db`
    update call_request set done_at = now()
    where id = ${id} and to_id = ${toId} and done_at is null returning id`
  return rows.length > 0
}
