/** The chain of what was decided: one per plan, each link hashing the one before it. */
import type { Json } from '#plan/canonical.ts'
import type { PersonId } from '#plan/people.ts'
import { hashOf } from '../ids.ts'
import type { Db } from './open.ts'

export type EventKind =
  | 'plan-imported'
  | 'plan-made'
  | 'wish-not-followed'
  | 'wish-followed'
  | 'topic-ticked'
  | 'goal-created'
  | 'goal-presented'
  | 'goal-answered'
  | 'goal-agreed'
  | 'goal-revised'
  | 'dissent-recorded'
  | 'proposal-sent'
  | 'proposal-withdrawn'
  | 'remark-made'
  | 'remark-resolved'
  | 'person-invited'
  | 'handed-over'
  | 'taken-back'
  | 'card-opened'
  | 'access-ended'
  | 'seat-changed'
  | 'card-moved'
  | 'words-erased'
  | 'person-forgotten'
  | 'representation-recorded'
  | 'goal-marked'
  | 'goal-reviewed'
  | 'capacity-judged'
  | 'earlier-refusal'
  | 'representation-changed'
  | 'topic-chosen'
  | 'asked-for-her'
  | 'plan-set'
  | 'plan-reviewed'
  | 'copy-delivered'
  | 'meeting-planned'
  | 'meeting-moved'
  | 'meeting-cancelled'
  | 'meeting-started'
  | 'meeting-led'
  | 'meeting-minutes'
  | 'meeting-parked'
  | 'meeting-presence'
  | 'meeting-finished'
  | 'screen-admitted'
  | 'screen-removed'
  | 'report-corrected'
  | 'report-set'
  | 'preparation-handed-in'
  | 'own-plan-item'
  | 'colleague-let-in'
  | 'letting-in-ended'
  | 'photo-added'
  | 'photo-removed'

/** What only they may read who read the zone of the care and the client. */
export const CARE_KINDS: readonly EventKind[] = [
  'capacity-judged',
  'earlier-refusal',
  'representation-changed',
  'topic-chosen',
  'asked-for-her',
  'representation-recorded',
  'own-plan-item',
  'colleague-let-in',
  'letting-in-ended',
]

export type EventRow = {
  planId: string
  seq: number
  at: Date
  kind: EventKind
  actorId: PersonId | null
  goalId: string | null
  body: Json
  previous: string
  hash: string
}

export type NewEvent = Pick<EventRow, 'planId' | 'kind' | 'actorId' | 'goalId' | 'body'>

/** What a link's hash is made of: everything of it, and the hash of the link before. */
export const linkHash = (event: Omit<EventRow, 'hash'>): string =>
  hashOf({
    planId: event.planId,
    seq: event.seq,
    at: event.at.toISOString(),
    kind: event.kind,
    actorId: event.actorId,
    goalId: event.goalId,
    body: event.body,
    previous: event.previous,
  })

/** Adds a link to a plan's chain. Holds the plan's row: links are added one after another. */
export async function add(db: Db, event: NewEvent): Promise<void> {
  const [head] = await db<{ seq: number; hash: string }[]>`
    select event_seq as seq, event_hash as hash from plan where id = ${event.planId} for update`
  if (!head) throw new Error('an event needs its plan')
  const link = { ...event, seq: head.seq + 1, at: new Date(), previous: head.hash }
  const hash = linkHash(link)
  await db`
    insert into event (plan_id, seq, at, kind, actor_id, goal_id, body, previous, hash)
    values (${link.planId}, ${link.seq}, ${link.at}, ${link.kind}, ${link.actorId},
      ${link.goalId}, ${db.json(link.body)}, ${link.previous}, ${hash})`
  await db`
    update plan set event_seq = ${link.seq}, event_hash = ${hash} where id = ${event.planId}`
}

/** What others decided about goals since a moment, oldest first. */
export const since = (db: Db, planId: string, personId: PersonId, at: Date) =>
  db<{ goalId: string; at: Date }[]>`
    select goal_id as "goalId", at from event
    where plan_id = ${planId} and at > ${at} and goal_id is not null
      and actor_id is distinct from ${personId}
    order by seq`

export const ofPlan = (db: Db, planId: string): Promise<EventRow[]> =>
  db<EventRow[]>`
    select plan_id as "planId", seq, at, kind, actor_id as "actorId", goal_id as "goalId", body,
      previous, hash
    from event where plan_id = ${planId} order by seq`

/** The last day on which people were told of a meeting, and what the law wants said with it. */
export async function toldOf(db: Db, planId: string, meetingId: string): Promise<Date | undefined> {
  const [last] = await db<{ at: Date }[]>`
    select at from event
    where plan_id = ${planId} and kind in ('meeting-planned', 'meeting-moved')
      and body ->> 'meetingId' = ${meetingId}
      and body -> 'told' @> '["client-supporter", "own-plan"]'
    order by seq desc limit 1`
  return last?.at
}
