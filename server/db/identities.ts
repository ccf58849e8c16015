/** Rows of who somebody is at their organisation: one name there for one account here. */
import type { Db } from './open.ts'

export async function find(db: Db, issuer: string, subject: string): Promise<string | undefined> {
  const [row] = await db<{ accountId: string }[]>`
    select account_id as "accountId" from identity
    where issuer = ${issuer} and subject = ${subject}`
  return row?.accountId
}

/** Binds them for good; false when either is bound to another already. */
export async function bind(
  db: Db,
  issuer: string,
  subject: string,
  accountId: string,
): Promise<boolean> {
  const rows = await db`
    insert into identity (issuer, subject, account_id)
    select ${issuer}::text, ${subject}::text, ${accountId}::text
    where not exists (
      select 1 from identity where issuer = ${issuer} and account_id = ${accountId})
    on conflict do nothing returning account_id`
  return rows.length > 0
}
