/** Rows of who signed in and who failed to. Never an address, a password or a code. */
import type { Db } from './open.ts'

export type SignInLine = {
  accountId: string | null
  way: 'password' | 'code' | 'passkey'
  result: 'in' | 'wrong' | 'slowed'
}

export async function add(db: Db, { accountId, way, result }: SignInLine): Promise<void> {
  await db`
    insert into sign_in_log (account_id, way, result) values (${accountId}, ${way}, ${result})`
}

/** The days on which signing in as somebody failed, newest first, and how often. */
export const failures = (db: Db, accountId: string): Promise<{ last: Date; times: number }[]> =>
  db<{ last: Date; times: number }[]>`
    select max(at) as last, count(*)::int as times from sign_in_log
    where account_id = ${accountId} and result <> 'in' and at > now() - interval '30 days'
    group by (at at time zone 'Europe/Amsterdam')::date order by last desc`

/** Takes away what was kept long enough. */
export async function forget(db: Db, before: Date): Promise<void> {
  await db`delete from sign_in_log where at < ${before}`
}
