/** Rows of reports: what happened, its corrections, what it was set as; and how people found it. */
import type { PersonId } from '#plan/people.ts'
import type { Correction, Report } from '#plan/report.ts'
import type { Db } from './open.ts'

export async function add(db: Db, planId: string, report: Report): Promise<void> {
  await db`
    insert into meeting_report (plan_id, meeting_id, body)
    values (${planId}, ${report.meetingId}, ${db.json(report)})`
}

export async function find(db: Db, meetingId: string): Promise<Report | undefined> {
  const [row] = await db<{ body: Report }[]>`
    select body from meeting_report where meeting_id = ${meetingId}`
  return row?.body
}

export async function corrections(db: Db, meetingId: string): Promise<Correction[]> {
  const rows = await db<(Omit<Correction, 'at'> & { at: Date })[]>`
    select line, was, becomes, person_id as "by", at
    from meeting_correction where meeting_id = ${meetingId} order by seq`
  return rows.map((row) => ({ ...row, at: row.at.toISOString() }))
}

export async function correct(
  db: Db,
  planId: string,
  meetingId: string,
  { line, was, becomes, by }: Correction,
): Promise<void> {
  await db`
    insert into meeting_correction (plan_id, meeting_id, line, was, becomes, person_id)
    values (${planId}, ${meetingId}, ${line}, ${was}, ${becomes}, ${by})`
}

export type SetRow = { body: Report; hash: string; personId: PersonId; at: Date }

export async function setAs(db: Db, meetingId: string): Promise<SetRow | undefined> {
  const [row] = await db<SetRow[]>`
    select body, hash, person_id as "personId", at from meeting_set
    where meeting_id = ${meetingId}`
  return row
}

export async function set(
  db: Db,
  planId: string,
  row: { body: Report; hash: string; personId: PersonId },
): Promise<void> {
  await db`
    insert into meeting_set (plan_id, meeting_id, body, hash, person_id)
    values (${planId}, ${row.body.meetingId}, ${db.json(row.body)}, ${row.hash}, ${row.personId})`
}

export type FeedbackRow = {
  personId: PersonId
  kind: 'client' | 'family' | 'pro'
  couldSay: number
  wasHeard: number
  knows: number
  recordedBy: PersonId
}

export const feedback = (db: Db, meetingId: string): Promise<FeedbackRow[]> =>
  db<FeedbackRow[]>`
    select person_id as "personId", kind, could_say as "couldSay", was_heard as "wasHeard", knows,
      recorded_by as "recordedBy"
    from meeting_feedback where meeting_id = ${meetingId}`

/** Somebody's three answers; the newest counts. */
export async function addFeedback(
  db: Db,
  planId: string,
  meetingId: string,
  row: FeedbackRow,
): Promise<void> {
  await db`
    insert into meeting_feedback (plan_id, meeting_id, person_id, kind, could_say, was_heard,
      knows, recorded_by)
    values (${planId}, ${meetingId}, ${row.personId}, ${row.kind}, ${row.couldSay},
      ${row.wasHeard}, ${row.knows}, ${row.recordedBy})
    on conflict (meeting_id, person_id) do update set could_say = excluded.could_say,
      was_heard = excluded.was_heard, knows = excluded.knows,
      recorded_by = excluded.recorded_by, at = now()`
}
