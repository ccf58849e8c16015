/** Rows of personal links: of each person one that was mailed and one on a card work at a time, each on one device. */
import type { Role } from '#plan/people.ts'
import type { Db, Tx } from './open.ts'

export type LinkRow = {
  id: string
  planId: string
  personId: string
  accountId: string
  deviceHash: string | null
  openedAt: Date | null
  expiresAt: Date
  endedAt: Date | null
  /** Whose it is, and who asked for it. */
  name: string
  number: number
  role: Role
  access: 'active' | 'ended'
  madeBy: string | null
  /** Printed on a card for the client, instead of mailed. */
  onCard: boolean
  /** How the client of the plan wants to be called. */
  callMe: string
}

export async function byToken(db: Db, tokenHash: string): Promise<LinkRow | undefined> {
  const [row] = await db<LinkRow[]>`
    select l.id, l.plan_id as "planId", l.person_id as "personId", l.account_id as "accountId",
      l.device_hash as "deviceHash", l.opened_at as "openedAt", l.expires_at as "expiresAt",
      l.ended_at as "endedAt", p.name, p.number, p.role, p.access, by.name as "madeBy",
      l.on_card as "onCard", plan.call_me as "callMe"
    from personal_link l
      join plan on plan.id = l.plan_id
      join person p on p.plan_id = l.plan_id and p.id = l.person_id
      left join person by on by.plan_id = l.plan_id and by.id = l.made_by
    where l.token_hash = ${tokenHash}`
  return row
}

export type NewLink = {
  id: string
  planId: string
  personId: string
  accountId: string
  tokenHash: string
  madeBy: string | null
  days: number
  onCard: boolean
}

export async function add(db: Db, link: NewLink): Promise<void> {
  const { id, planId, personId, accountId, tokenHash, madeBy, days, onCard } = link
  await db`
    insert into personal_link
      (id, plan_id, person_id, account_id, token_hash, made_by, on_card, expires_at)
    values (${id}, ${planId}, ${personId}, ${accountId}, ${tokenHash}, ${madeBy}, ${onCard},
      now() + make_interval(days => ${days}))`
}

/** The link of a person that works now, where it is one on a card: who made it and when. */
export async function cardOf(
  db: Db,
  planId: string,
  personId: string,
): Promise<{ at: Date; openedAt: Date | null; madeBy: string | null } | undefined> {
  const [row] = await db<{ at: Date; openedAt: Date | null; madeBy: string | null }[]>`
    select at, opened_at as "openedAt", made_by as "madeBy" from personal_link
    where plan_id = ${planId} and person_id = ${personId} and on_card
      and ended_at is null and expires_at > now()
    order by at desc limit 1`
  return row
}

/** Whether somebody sits at another plan too, or belongs to an organisation. */
export async function sitsElsewhere(db: Db, planId: string, accountId: string): Promise<boolean> {
  const rows = await db`
    select 1 from person
    where account_id = ${accountId} and access = 'active' and plan_id <> ${planId}
    union all select 1 from member where account_id = ${accountId} limit 1`
  return rows.length > 0
}

/** Binds the link to this device, unless another was; from the first time it lasts `days`. */
export async function bind(
  tx: Tx,
  id: string,
  deviceHash: string,
  days: number,
): Promise<{ until: Date; first: boolean } | null> {
  const [before] = await tx<{ openedAt: Date | null }[]>`
    select opened_at as "openedAt" from personal_link where id = ${id} for update`
  const [row] = await tx<{ until: Date }[]>`
    update personal_link set device_hash = ${deviceHash}, opened_at = coalesce(opened_at, now()),
      expires_at = case when opened_at is null
        then now() + make_interval(days => ${days}) else expires_at end
    where id = ${id} and ended_at is null and expires_at > now()
      and (device_hash is null or device_hash = ${deviceHash})
    returning expires_at as until`
  return row ? { ...row, first: before?.openedAt === null } : null
}

/** Which links are meant: those on a card, those that were mailed, or all. */
export type Which = 'card' | 'mailed' | 'all'

/** Ends links of a person; they can be opened no more. Answers with all there ever were. */
export async function endOf(
  db: Db,
  planId: string,
  personId: string,
  which: Which,
): Promise<string[]> {
  const rows = await db<{ id: string }[]>`
    update personal_link set ended_at = coalesce(ended_at, now())
    where plan_id = ${planId} and person_id = ${personId}
      and (${which === 'all'} or on_card = ${which === 'card'}) returning id`
  return rows.map(({ id }) => id)
}

/** Whether an account has a seat at a plan. */
export async function sitsAt(db: Db, planId: string, accountId: string): Promise<boolean> {
  const rows = await db`
    select 1 from person
    where plan_id = ${planId} and account_id = ${accountId} and access = 'active' limit 1`
  return rows.length > 0
}

/** The links that this one came in place of: a card in place of cards, a mailed one of mailed ones. */
export async function others(db: Db, link: LinkRow): Promise<string[]> {
  const rows = await db<{ id: string }[]>`
    select id from personal_link
    where plan_id = ${link.planId} and person_id = ${link.personId} and id <> ${link.id}
      and on_card = ${link.onCard}`
  return rows.map(({ id }) => id)
}

/** A seat somebody has, by their address: the one they took last. */
export async function seatOf(
  db: Db,
  email: string,
): Promise<{ planId: string; personId: string; accountId: string } | undefined> {
  const [row] = await db<{ planId: string; personId: string; accountId: string }[]>`
    select p.plan_id as "planId", p.id as "personId", a.id as "accountId"
    from account a join person p on p.account_id = a.id
    where a.email = ${email.trim().toLowerCase()} and p.access = 'active'
    order by (select max(l.at) from personal_link l
      where l.plan_id = p.plan_id and l.person_id = p.id) desc nulls last, p.plan_id limit 1`
  return row
}
