/** Rows of sessions: under the hash of their token, which is only in the cookie. */
import type { Assurance } from '#plan/assurance.ts'
import type { Role } from '#plan/people.ts'
import type { Db } from './open.ts'

/** How a session began. */
export type Method = 'password' | 'link' | 'passkey' | 'organisation' | 'demo'

export type SessionRow = {
  id: string
  accountId: string
  expiresAt: Date
  assurance: Assurance
  method: Method
  name: string
  email: string
  /** Every role the account has at any plan; `care_manager` also who is one of an organisation. */
  roles: Role[]
  /** Has a passkey or a code app. */
  enrolled: boolean
  /** However much it is used, it ends here. */
  endsAt: Date
  /** The plan whose client holds this tablet now. */
  handover: string | null
}

/**
 * A session that began with a card opens the plan of that card. Where its owner sits elsewhere too,
 * it opens nothing: whoever made the card could have kept it.
 */
const opensOne = (db: Db) => db`not exists (
  select 1 from personal_link card where card.id = s.link_id and card.on_card and (
    exists (select 1 from person p where p.account_id = s.account_id and p.access = 'active'
      and p.plan_id <> card.plan_id)
    or exists (select 1 from member m where m.account_id = s.account_id)))`

export const find = async (db: Db, id: string): Promise<SessionRow | undefined> =>
  (await findAll(db, [id]))[0]

/** Sessions by the hashes of their tokens; who is gone is left out. */
export async function findAll(db: Db, ids: readonly string[]): Promise<SessionRow[]> {
  const rows = await db<SessionRow[]>`
    select s.id, s.account_id as "accountId", s.assurance, s.method, a.name, a.email,
      least(s.expires_at, s.ends_at) as "expiresAt", s.ends_at as "endsAt",
      array(select role from person where account_id = a.id and access = 'active'
        union all select 'care_manager' from member where account_id = a.id and role = 'manager'
      ) as roles,
      (exists (select 1 from passkey k where k.account_id = a.id) or
        exists (select 1 from totp t where t.account_id = a.id and t.confirmed_at is not null))
        as enrolled,
      (select h.plan_id from handover h where h.session_id = s.id) as handover
    from session s join account a on a.id = s.account_id
    where s.id = any(${[...ids]}::text[]) and ${opensOne(db)}`
  return rows.map((row) => ({ ...row, roles: [...new Set(row.roles)] }))
}

export type NewSession = {
  id: string
  accountId: string
  expiresAt: Date
  endsAt: Date
  assurance: Assurance
  method: Method
  device: string
  linkId: string | null
}

export async function add(db: Db, row: NewSession): Promise<void> {
  await db`insert into session ${db({
    id: row.id,
    account_id: row.accountId,
    expires_at: row.expiresAt,
    ends_at: row.endsAt,
    assurance: row.assurance,
    method: row.method,
    device: row.device,
    link_id: row.linkId,
  })}`
}

/** Used again: it lasts longer, but never beyond its end. */
export async function renew(db: Db, id: string, expiresAt: Date): Promise<void> {
  await db`
    update session set expires_at = least(${expiresAt}::timestamptz, ends_at) where id = ${id}`
}

/** These were used on a socket: they last longer, but never beyond their end. */
export async function used(db: Db, ids: string[], idleMs: number): Promise<void> {
  await db`
    update session set seen_at = now(), expires_at = greatest(expires_at,
      least(now() + make_interval(secs => ${idleMs / 1000}), ends_at))
    where id = any(${ids}::text[]) and expires_at > now()`
}

/** Which of these still work. */
export async function alive(db: Db, ids: string[]): Promise<string[]> {
  const rows = await db<{ id: string }[]>`
    select id from session s
    where id = any(${ids}::text[]) and expires_at > now() and ends_at > now() and ${opensOne(db)}`
  return rows.map(({ id }) => id)
}

/** Seen just now; written once a minute. */
export async function seen(db: Db, id: string): Promise<void> {
  await db`
    update session set seen_at = now()
    where id = ${id} and seen_at < now() - interval '1 minute'`
}

/** How sure a session is now of who it is, and how it began. */
export async function beganAs(
  db: Db,
  id: string,
): Promise<{ assurance: Assurance; method: Method } | undefined> {
  const [row] = await db<{ assurance: Assurance; method: Method }[]>`
    select assurance, method from session where id = ${id}`
  return row
}

export async function raise(db: Db, id: string, assurance: Assurance): Promise<void> {
  await db`update session set assurance = ${assurance} where id = ${id}`
}

/** The same session under a new token. A code that was mailed for it is used up. */
export async function move(db: Db, id: string, newId: string, assurance: Assurance): Promise<void> {
  await db`delete from mailed_code where session_id = ${id}`
  await db`update session set id = ${newId}, assurance = ${assurance} where id = ${id}`
}

export type OpenSession = {
  id: string
  device: string
  method: Method
  at: Date
  seenAt: Date
}

/** The sessions of an account that still work, the newest first. */
export const ofAccount = (db: Db, accountId: string): Promise<OpenSession[]> =>
  db<OpenSession[]>`
    select id, device, method, created_at as at, seen_at as "seenAt" from session
    where account_id = ${accountId} and expires_at > now() and ends_at > now()
    order by created_at desc, id`

/** Ends sessions; answers with those that were there. */
export async function end(
  db: Db,
  which: { accountId: string; only?: string; but?: string } | { linkIds: string[] },
): Promise<string[]> {
  const rows =
    'linkIds' in which
      ? await db<{ id: string }[]>`
          delete from session where link_id = any(${which.linkIds}::text[]) returning id`
      : await db<{ id: string }[]>`
          delete from session where account_id = ${which.accountId}
            ${which.only === undefined ? db`` : db`and id = ${which.only}`}
            ${which.but === undefined ? db`` : db`and id <> ${which.but}`}
          returning id`
  return rows.map(({ id }) => id)
}
