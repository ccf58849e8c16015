/** Rows of mailed codes: one for a session at a time. */
import type { Db } from './open.ts'

export async function put(db: Db, sessionId: string, hash: string, seconds: number): Promise<void> {
  await db`
    insert into mailed_code (session_id, hash, expires_at)
    values (${sessionId}, ${hash}, now() + make_interval(secs => ${seconds}))
    on conflict (session_id) do update
      set hash = excluded.hash, expires_at = excluded.expires_at, tries = 0`
}

/** Counts a try and says what the code must hash to; undefined when there is none to try. */
export async function tried(db: Db, sessionId: string, most: number): Promise<string | undefined> {
  const [row] = await db<{ hash: string }[]>`
    update mailed_code set tries = tries + 1
    where session_id = ${sessionId} and expires_at > now() and tries < ${most} returning hash`
  return row?.hash
}

/** Uses the code up; false when somebody else just did. */
export async function use(db: Db, sessionId: string, hash: string): Promise<boolean> {
  const rows = await db`
    delete from mailed_code where session_id = ${sessionId} and hash = ${hash} returning hash`
  return rows.length > 0
}
