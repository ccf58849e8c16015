/** Rows of who signed in and who failed to. Never an address, a password or a code. */
import type { Db } from './open.ts'

export type SignInLine = {
  accountId: string | null
  way: 'password' | 'code' | 'passkey' | 'organisation' | 'link'
  result: 'in' | 'wrong' | 'slowed' | 'expired'
}

/** No more failures of one kind in one minute than this: lines stay for years, whoever asks for them. */
const MOST_A_MINUTE = 20

export async function add(db: Db, { accountId, way, result }: SignInLine): Promise<void> {
  const same = accountId === null ? db`account_id is null` : db`account_id = ${accountId}`
  await db`
    insert into sign_in_log (account_id, way, result)
    select ${accountId}::text, ${way}::text, ${result}::text
    where ${result === 'in'} or (
      select count(*) from sign_in_log
      where ${same} and at > now() - interval '1 minute' and way = ${way} and result = ${result}
    ) < ${MOST_A_MINUTE}`
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
