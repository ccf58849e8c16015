/** Rows of the access log (NEN 7513) and of consent. Never a word of what anyone wrote. */
import type { PersonId } from '#plan/people.ts'
import type { Zone } from '#plan/access.ts'
import type { Db, Sql } from './open.ts'

export type Looked = {
  planId: string
  accountId: string | null
  personId: PersonId | null
  zone: Zone | null
  documentId: string | null
  goalId: string | null
  act: string
  ground: string
  allowed: boolean
  at: Date
}

/** Adds lines in one statement. */
export async function add(sql: Sql, lines: readonly Looked[]): Promise<void> {
  await sql`
    insert into access_log
      (plan_id, account_id, person_id, zone, document_id, goal_id, act, ground, allowed, at)
    select * from unnest(
      ${lines.map((l) => l.planId)}::text[], ${lines.map((l) => l.accountId)}::text[],
      ${lines.map((l) => l.personId)}::text[], ${lines.map((l) => l.zone)}::text[],
      ${lines.map((l) => l.documentId)}::text[], ${lines.map((l) => l.goalId)}::text[],
      ${lines.map((l) => l.act)}::text[], ${lines.map((l) => l.ground)}::text[],
      ${lines.map((l) => String(l.allowed))}::text[]::boolean[],
      ${lines.map((l) => l.at.toISOString())}::timestamptz[])`
}

/** The log of a plan between two days, newest first. */
export const ofPlan = (
  db: Db,
  planId: string,
  from: Date,
  to: Date,
  limit = 2000,
): Promise<(Looked & { seq: number })[]> =>
  db<(Looked & { seq: number })[]>`
    select seq, at, plan_id as "planId", account_id as "accountId", person_id as "personId", zone,
      document_id as "documentId", goal_id as "goalId", act, ground, allowed
    from access_log where plan_id = ${planId} and at >= ${from} and at < ${to}
    order by seq desc limit ${limit}`

/** Takes away what was kept long enough; only whole lines, only by age. */
export async function forget(db: Db, before: Date): Promise<number> {
  const rows = await db`delete from access_log where at < ${before} returning seq`
  return rows.length
}

export type ConsentRow = {
  planId: string
  personId: PersonId
  givenBy: PersonId
  recordedBy: PersonId
  gives: boolean
  text: string
  until: string | null
  /** The goals it is given for; null: the plan as their seat has it. */
  goals?: readonly string[] | null
  at: Date
}

export async function addConsent(
  db: Db,
  row: Omit<ConsentRow, 'at'> & { at?: Date },
): Promise<void> {
  await db`insert into consent ${db({
    plan_id: row.planId,
    person_id: row.personId,
    given_by: row.givenBy,
    recorded_by: row.recordedBy,
    gives: row.gives,
    text: row.text,
    until: row.until,
    goals: row.goals ? db.json([...row.goals]) : null,
    at: row.at ?? new Date(),
  })}`
}

export const consents = (db: Db, planId: string): Promise<ConsentRow[]> =>
  db<ConsentRow[]>`
    select plan_id as "planId", person_id as "personId", given_by as "givenBy",
      recorded_by as "recordedBy", gives, text, until, goals, at
    from consent where plan_id = ${planId} order by seq`
