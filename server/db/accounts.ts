/** Rows of the accounts people sign in with. */
import type { Db } from './open.ts'

export type AccountRow = { id: string; email: string; name: string; passwordHash: string | null }

const columns = (db: Db) => db`id, email, name, password_hash as "passwordHash"`

export async function byEmail(db: Db, email: string): Promise<AccountRow | undefined> {
  const [row] = await db<AccountRow[]>`
    select ${columns(db)} from account where email = ${email.trim().toLowerCase()}`
  return row
}

export async function byId(db: Db, id: string): Promise<AccountRow | undefined> {
  const [row] = await db<AccountRow[]>`select ${columns(db)} from account where id = ${id}`
  return row
}

export async function add(db: Db, account: AccountRow): Promise<void> {
  await db`insert into account ${db({
    id: account.id,
    email: account.email.trim().toLowerCase(),
    name: account.name,
    password_hash: account.passwordHash,
  })}`
}

/** Every demo seat: who can be chosen on the start page. */
export const emailsOf = (db: Db, planId: string): Promise<{ personId: string; email: string }[]> =>
  db<{ personId: string; email: string }[]>`
    select p.id as "personId", a.email from person p join account a on a.id = p.account_id
    where p.plan_id = ${planId}`

/** People of a plan who cannot sign in yet. */
export const withoutPassword = (db: Db, planId: string): Promise<{ id: string; email: string }[]> =>
  db<{ id: string; email: string }[]>`
    select a.id, a.email from person p join account a on a.id = p.account_id
    where p.plan_id = ${planId} and a.password_hash is null order by p.number`

export async function setPassword(db: Db, id: string, passwordHash: string): Promise<void> {
  await db`update account set password_hash = ${passwordHash} where id = ${id}`
}

/** What somebody is called who has no seat. */
export const nameOf = async (db: Db, id: string): Promise<string | undefined> =>
  (await namesOf(db, [id]))[0]?.name

export const namesOf = (db: Db, ids: readonly string[]): Promise<{ id: string; name: string }[]> =>
  db<{ id: string; name: string }[]>`
    select id, name from account where id = any(${[...ids]}::text[])`
