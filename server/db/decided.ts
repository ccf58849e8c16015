/** Rows of what is on record beside the wishes: wishes not followed, and the nine topics. */
import type { Ground } from '#plan/not-followed.ts'
import type { PersonId } from '#plan/people.ts'
import type { Topic, TopicState } from '#plan/topics.ts'
import type { Db } from './open.ts'

export type NotFollowedRow = {
  cardId: string
  followed: boolean
  ground: Ground | null
  reason: string
  consulted: string
  wishHash: string
  recordedBy: PersonId
  at: Date
}

export async function addNotFollowed(
  db: Db,
  planId: string,
  row: Omit<NotFollowedRow, 'at'>,
): Promise<void> {
  await db`
    insert into wish_not_followed
      (plan_id, card_id, followed, ground, reason, consulted, wish_hash, recorded_by)
    values (${planId}, ${row.cardId}, ${row.followed}, ${row.ground}, ${row.reason},
      ${row.consulted}, ${row.wishHash}, ${row.recordedBy})`
}

/** What holds now: the latest row of each wish, where that says it is not followed. */
export const notFollowed = (db: Db, planId: string): Promise<NotFollowedRow[]> =>
  db<NotFollowedRow[]>`
    select * from (
      select distinct on (card_id) card_id as "cardId", followed, ground, reason, consulted,
        wish_hash as "wishHash", recorded_by as "recordedBy", at, seq
      from wish_not_followed where plan_id = ${planId} order by card_id, seq desc
    ) latest where not followed order by seq`

export type TopicRow = { topic: Topic; state: TopicState; recordedBy: PersonId; at: Date }

export async function addTopic(
  db: Db,
  planId: string,
  { topic, state, recordedBy }: Omit<TopicRow, 'at'>,
): Promise<void> {
  await db`
    insert into plan_topic (plan_id, topic, state, recorded_by)
    values (${planId}, ${topic}, ${state}, ${recordedBy})`
}

/** Where each topic stands; one that was never spoken of is not among them. */
export const topics = (db: Db, planId: string): Promise<TopicRow[]> =>
  db<TopicRow[]>`
    select distinct on (topic) topic, state, recorded_by as "recordedBy", at
    from plan_topic where plan_id = ${planId} order by topic, seq desc`
