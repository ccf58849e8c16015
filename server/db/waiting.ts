/** What time asks for: rounds that wait, days to look back that have come, notices nobody read. */
import type { PersonId } from '#plan/people.ts'
import { isNews } from './notices.ts'
import type { Db } from './open.ts'

/** Goals whose round has waited since before a moment. */
export const presentedBefore = (db: Db, moment: Date): Promise<{ id: string; planId: string }[]> =>
  db<{ id: string; planId: string }[]>`
    select g.id, g.plan_id as "planId"
    from goal g join goal_version v on v.goal_id = g.id and v.version = g.version
    where g.state = 'presented' and v.presented_at <= ${moment}
    order by v.presented_at limit 1000`

/** Agreed goals whose day to look back has come, and of which nobody was told. */
export const backDue = (db: Db, today: string): Promise<{ id: string; planId: string }[]> =>
  db<{ id: string; planId: string }[]>`
    select g.id, g.plan_id as "planId"
    from goal g join goal_version v on v.goal_id = g.id and v.version = g.agreed_version
    where g.state like 'agreed%' and coalesce(v.trial_until, v.words->>'reviewOn') <= ${today}
      and not exists (
        select 1 from reminder r
        where r.goal_id = g.id and r.version = v.version and r.day = 0)
    limit 200`

export type Sent = { personId: PersonId; day: number }

/** The reminders that went out for a version. */
export const sent = (db: Db, goalId: string, version: number): Promise<Sent[]> =>
  db<Sent[]>`
    select person_id as "personId", day from reminder
    where goal_id = ${goalId} and version = ${version}`

/** Keeps that a reminder goes out; false when another process was first. */
export async function remember(
  db: Db,
  row: { planId: string; goalId: string; version: number; personId: PersonId; day: number },
): Promise<boolean> {
  const rows = await db`
    insert into reminder (plan_id, goal_id, version, person_id, day)
    values (${row.planId}, ${row.goalId}, ${row.version}, ${row.personId}, ${row.day})
    on conflict do nothing returning day`
  return rows.length > 0
}

export type Unmailed = {
  planId: string
  seq: number
  kind: string
  goalId: string | null
  accountId: string
  at: Date
  /** Whether it still tells something. */
  news: boolean
}

/** Notices that waited unread since before a moment, held for this transaction. */
export const unmailed = (db: Db, moment: Date): Promise<Unmailed[]> =>
  db<Unmailed[]>`
    select n.plan_id as "planId", n.seq, n.kind, n.goal_id as "goalId", n.at, ${isNews(db)} as news,
      (select p.account_id from person p
        where p.plan_id = n.plan_id and p.id = n.person_id and p.access = 'active') as "accountId"
    from notice n left join goal g on g.id = n.goal_id
    where n.mailed_at is null and n.read_at is null and n.at <= ${moment}
    order by n.at limit 200 for update of n skip locked`

export async function mailed(db: Db, planId: string, seq: number): Promise<void> {
  await db`update notice set mailed_at = now() where plan_id = ${planId} and seq = ${seq}`
}

/** Plans where somebody's judgement may have come to its last day. */
export const judgedUntil = (db: Db, today: string): Promise<{ planId: string }[]> =>
  db<{ planId: string }[]>`
    select distinct j.plan_id as "planId"
    from judgement j join person p on p.plan_id = j.plan_id and p.role = 'client'
    where p.authority = 'self_where_possible' and j.review_on < ${today} and not j.able
      and not exists (
        select 1 from judgement k where k.plan_id = j.plan_id and not k.able
          and (k.review_on is null or k.review_on >= ${today}))`
