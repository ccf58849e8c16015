/** Rows of organisations, of who belongs to them, and counts over their plans. No words of a plan. */
import type { Day } from '#plan/deadlines.ts'
import type { Member } from '#plan/organisation.ts'
import type { DayKind } from './days.ts'
import type { Db } from './open.ts'

export type OrganisationRow = { id: string; name: string }

export async function add(db: Db, { id, name }: OrganisationRow): Promise<void> {
  await db`insert into organisation (id, name) values (${id}, ${name}) on conflict do nothing`
}

export const all = (db: Db): Promise<OrganisationRow[]> =>
  db<OrganisationRow[]>`select id, name from organisation order by name`

export async function byName(db: Db, name: string): Promise<OrganisationRow | undefined> {
  const [row] = await db<OrganisationRow[]>`select id, name from organisation where name = ${name}`
  return row
}

export async function find(db: Db, id: string): Promise<OrganisationRow | undefined> {
  const [row] = await db<OrganisationRow[]>`select id, name from organisation where id = ${id}`
  return row
}

/** Makes somebody a member; who is one already has this role from now on. */
export async function addMember(db: Db, accountId: string, member: Member): Promise<void> {
  await db`
    insert into member (organisation_id, account_id, role)
    values (${member.organisationId}, ${accountId}, ${member.role})
    on conflict (organisation_id, account_id) do update set role = excluded.role`
}

/** Where an account belongs, with the organisation's name. */
export const membersOf = (db: Db, accountId: string): Promise<(Member & { name: string })[]> =>
  db<(Member & { name: string })[]>`
    select m.organisation_id as "organisationId", m.role, o.name
    from member m join organisation o on o.id = m.organisation_id
    where m.account_id = ${accountId} order by o.name`

/** The managers of an organisation. */
export const managers = (
  db: Db,
  organisationId: string,
): Promise<{ accountId: string; name: string; email: string }[]> =>
  db<{ accountId: string; name: string; email: string }[]>`
    select a.id as "accountId", a.name, a.email from member m join account a on a.id = m.account_id
    where m.organisation_id = ${organisationId} and m.role = 'manager' order by a.name`

/** Puts plans that belong nowhere under an organisation: these, or all of them. */
export async function takePlans(
  db: Db,
  organisationId: string,
  ids: readonly string[] | null,
): Promise<number> {
  const rows = await db`
    update plan set organisation_id = ${organisationId}
    where organisation_id is null ${ids === null ? db`` : db`and id = any(${[...ids]}::text[])`}
    returning id`
  return rows.length
}

/** The organisation a plan belongs to. */
export async function ofPlan(db: Db, planId: string): Promise<string | null> {
  const [row] = await db<{ id: string | null }[]>`
    select organisation_id as id from plan where id = ${planId}`
  return row?.id ?? null
}

/** For whom somebody works: as a member, or else by the plans they sit at; null when that is not one. */
export async function worksFor(db: Db, accountId: string): Promise<string | null> {
  const members = await membersOf(db, accountId)
  const rows =
    members.length > 0
      ? members.map(({ organisationId }) => ({ id: organisationId }))
      : await db<{ id: string }[]>`
          select distinct p.organisation_id as id from person s join plan p on p.id = s.plan_id
          where s.account_id = ${accountId} and s.access = 'active'
            and p.organisation_id is not null`
  return rows.length === 1 ? rows[0]!.id : null
}

export type CountRow = {
  id: string
  clientName: string
  law: string
  writing: number
  waiting: number
  agreed: number
  withoutHerYes: number
  waitingSince: Date | null
  lookBackLate: number
}

/** Counts over the goals of every plan of an organisation. */
export const counts = (db: Db, organisationId: string, today: Day): Promise<CountRow[]> =>
  db<CountRow[]>`
    select p.id, p.client_name as "clientName", p.law,
      (select count(*)::int from goal g
        where g.plan_id = p.id and g.state in ('draft', 'revising')) as writing,
      (select count(*)::int from goal g
        where g.plan_id = p.id and g.state = 'presented') as waiting,
      (select count(*)::int from goal g
        where g.plan_id = p.id and g.agreed_version is not null) as agreed,
      (select count(*)::int from goal g where g.plan_id = p.id and g.state = 'presented'
        and coalesce((select a.answer from answer a
          join person c on c.plan_id = a.plan_id and c.id = a.party_id and c.role = 'client'
          where a.goal_id = g.id and a.version = g.version
          order by a.seq desc limit 1), '') not in ('yes', 'yes-with-remark')) as "withoutHerYes",
      (select min(v.presented_at) from goal g
        join goal_version v on v.goal_id = g.id and v.version = g.version
        where g.plan_id = p.id and g.state = 'presented') as "waitingSince",
      (select count(*)::int from goal g
        join goal_version v on v.goal_id = g.id and v.version = g.agreed_version
        where g.plan_id = p.id and coalesce(v.trial_until, v.words->>'reviewOn') < ${today}
          and not exists (select 1 from review r where r.goal_id = g.id
            and r.on_day >= coalesce(v.trial_until, v.words->>'reviewOn'))) as "lookBackLate"
    from plan p where p.organisation_id = ${organisationId} order by p.id`

/** Every plan of an organisation, also those that were erased: who looked at them is kept. */
export async function plansEver(db: Db, organisationId: string): Promise<string[]> {
  const rows = await db<{ id: string }[]>`
    select id from plan where organisation_id = ${organisationId}
    union select plan_id from plan_erasure where organisation_id = ${organisationId} order by id`
  return rows.map(({ id }) => id)
}

/** The days of the course of every plan of an organisation. */
export const daysOf = (
  db: Db,
  organisationId: string,
): Promise<{ planId: string; kind: DayKind; onDay: Day }[]> =>
  db<{ planId: string; kind: DayKind; onDay: Day }[]>`
    select d.plan_id as "planId", d.kind, d.on_day as "onDay"
    from plan_day d join plan p on p.id = d.plan_id
    where p.organisation_id = ${organisationId} order by d.seq`
