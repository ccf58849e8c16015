/** Rows of what somebody should hear of. No part of the record, and no word of what anyone wrote. */
import type { Notice } from '#plan/notices.ts'
import type { PersonId } from '#plan/people.ts'
import type { Db } from './open.ts'

export type NoticeRow = Notice & { seq: number; at: Date; readAt: Date | null }

export async function add(db: Db, planId: string, notices: readonly Notice[]): Promise<void> {
  for (const { personId, kind, goalId, about } of notices) {
    await db`
      insert into notice (plan_id, person_id, kind, goal_id, about)
      values (${planId}, ${personId}, ${kind}, ${goalId}, ${about})`
  }
}

/**
 * Whether a notice `n` about a goal `g` still tells something. A question that was answered or is no
 * longer asked is no news any more; nor is that words changed or somebody said no, once what came of
 * it stands.
 */
export const isNews = (db: Db) => db`
  (n.kind not in ('asked', 'reminder') or (g.state = 'presented' and not exists (
    select 1 from answer a where a.goal_id = n.goal_id and a.at >= n.at
      and (a.party_id = n.person_id or a.actor_id = n.person_id))))
  and (n.kind <> 'words-changed' or not exists (
    select 1 from answer a
    where a.goal_id = n.goal_id and a.at >= n.at and a.party_id = n.person_id))
  and (n.kind not in ('words-changed', 'no-said', 'yes-taken-back', 'no-answer', 'expired')
    or g.agreed_at is null or g.agreed_at < n.at)`

/** What somebody has not read yet, newest first, as far as it is news. */
export const unread = (db: Db, planId: string, personId: PersonId): Promise<NoticeRow[]> =>
  db<NoticeRow[]>`
    select n.seq, n.person_id as "personId", n.kind, n.goal_id as "goalId", n.about, n.at,
      n.read_at as "readAt"
    from notice n left join goal g on g.id = n.goal_id
    where n.plan_id = ${planId} and n.person_id = ${personId} and n.read_at is null
      and ${isNews(db)}
    order by n.seq desc limit 100`

/** Somebody read everything up to and including one; of one goal where it is named. */
export async function read(
  db: Db,
  planId: string,
  personId: PersonId,
  upTo: number,
  goalId: string | null,
): Promise<number> {
  const rows = await db`
    update notice set read_at = now()
    where plan_id = ${planId} and person_id = ${personId} and read_at is null and seq <= ${upTo}
      ${goalId === null ? db`` : db`and goal_id = ${goalId}`}
    returning seq`
  return rows.length
}
