/** Rows of links to choose a new password: one at a time for an account, for an hour, once. */
import type { Db } from './open.ts'

export async function add(db: Db, tokenHash: string, accountId: string): Promise<void> {
  await db`delete from password_reset where account_id = ${accountId}`
  await db`
    insert into password_reset (token_hash, account_id, expires_at)
    values (${tokenHash}, ${accountId}, now() + interval '1 hour')`
}

export async function find(db: Db, tokenHash: string): Promise<string | undefined> {
  const [row] = await db<{ accountId: string }[]>`
    select account_id as "accountId" from password_reset
    where token_hash = ${tokenHash} and expires_at > now()`
  return row?.accountId
}

/** Uses it up; undefined when somebody else just did. */
export async function use(db: Db, tokenHash: string): Promise<string | undefined> {
  const [row] = await db<{ accountId: string }[]>`
    delete from password_reset where token_hash = ${tokenHash} and expires_at > now()
    returning account_id as "accountId"`
  return row?.accountId
}
