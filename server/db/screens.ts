/** Rows of big screens: each is nobody, and shows one meeting or none. */
import type { PersonId } from '#plan/people.ts'
import type { Db } from './open.ts'

export type ScreenRow = {
  id: string
  code: string
  planId: string | null
  meetingId: string | null
  admittedBy: PersonId | null
  admittedAt: Date | null
  expiresAt: Date
}

const columns = (db: Db) => db`
  id, code, plan_id as "planId", meeting_id as "meetingId", admitted_by as "admittedBy",
  admitted_at as "admittedAt", expires_at as "expiresAt"`

export async function byToken(db: Db, tokenHash: string): Promise<ScreenRow | undefined> {
  const [row] = await db<ScreenRow[]>`
    select ${columns(db)} from screen where token_hash = ${tokenHash} and expires_at > now()`
  return row
}

export async function find(db: Db, id: string): Promise<ScreenRow | undefined> {
  const [row] = await db<ScreenRow[]>`
    select ${columns(db)} from screen where id = ${id} and expires_at > now()`
  return row
}

/** How many updates a document holds: it grows while people write. */
export async function placeOf(db: Db, documentId: string): Promise<number> {
  const [row] = await db<{ seq: number }[]>`select seq from document where id = ${documentId}`
  return row?.seq ?? 0
}

/** A screen that waits to be let in, by the letters it shows. */
export async function byCode(db: Db, code: string): Promise<ScreenRow | undefined> {
  const [row] = await db<ScreenRow[]>`
    select ${columns(db)} from screen
    where code = ${code} and meeting_id is null and expires_at > now()`
  return row
}

export const ofMeeting = (db: Db, meetingId: string): Promise<ScreenRow[]> =>
  db<ScreenRow[]>`
    select ${columns(db)} from screen where meeting_id = ${meetingId} and expires_at > now()
    order by admitted_at, id`

export async function add(
  db: Db,
  row: Pick<ScreenRow, 'id' | 'code' | 'expiresAt'> & { tokenHash: string; address: string },
): Promise<void> {
  await db`
    insert into screen (id, token_hash, code, address, expires_at)
    values (${row.id}, ${row.tokenHash}, ${row.code}, ${row.address}, ${row.expiresAt})`
}

/** How many screens wait at one address. */
export async function waitingAt(db: Db, address: string): Promise<number> {
  const [row] = await db<{ count: number }[]>`
    select count(*)::int as count from screen
    where address = ${address} and meeting_id is null and expires_at > now()`
  return row?.count ?? 0
}

type Admission = { planId: string; meetingId: string; admittedBy: PersonId; expiresAt: Date }

export async function admit(db: Db, id: string, to: Admission): Promise<boolean> {
  const rows = await db`
    update screen set plan_id = ${to.planId}, meeting_id = ${to.meetingId},
      admitted_by = ${to.admittedBy}, admitted_at = now(), expires_at = ${to.expiresAt}
    where id = ${id} and meeting_id is null returning id`
  return rows.length > 0
}

export async function remove(db: Db, id: string): Promise<void> {
  await db`delete from screen where id = ${id}`
}

export async function sweep(db: Db): Promise<void> {
  await db`delete from screen where expires_at <= now()`
}
