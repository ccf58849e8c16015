/** Rows of a persoonlijk plan: its items as they were handed in, and what became of each. Only added. */
import type { HandedIn, ItemOutcome } from '#plan/own-plan.ts'
import type { PersonId } from '#plan/people.ts'
import type { Db } from './open.ts'

export type ItemRow = HandedIn & { at: Date }
export type OutcomeRow = {
  itemId: string
  outcome: ItemOutcome
  cardId: string | null
  goalId: string | null
  reason: string
  decidedBy: PersonId
  at: Date
}

/** Every item that was ever handed in, in that order. */
export const items = (db: Db, planId: string): Promise<ItemRow[]> =>
  db<ItemRow[]>`
    select id, meeting_id as "meetingId", person_id as "personId", question, text,
      card_id as "cardId", at
    from own_plan_item where plan_id = ${planId} order by seq`

export async function addItem(db: Db, planId: string, row: HandedIn): Promise<void> {
  await db`
    insert into own_plan_item (plan_id, id, meeting_id, person_id, question, text, card_id)
    values (${planId}, ${row.id}, ${row.meetingId}, ${row.personId}, ${row.question}, ${row.text},
      ${row.cardId})`
}

/** All that was said to become of items; the last of an item holds. */
export const outcomes = (db: Db, planId: string): Promise<OutcomeRow[]> =>
  db<OutcomeRow[]>`
    select item_id as "itemId", outcome, card_id as "cardId", goal_id as "goalId", reason,
      decided_by as "decidedBy", at
    from own_plan_outcome where plan_id = ${planId} order by seq`

export async function addOutcome(
  db: Db,
  planId: string,
  row: Omit<OutcomeRow, 'at'>,
): Promise<void> {
  await db`
    insert into own_plan_outcome (plan_id, item_id, outcome, card_id, goal_id, reason, decided_by)
    values (${planId}, ${row.itemId}, ${row.outcome}, ${row.cardId}, ${row.goalId}, ${row.reason},
      ${row.decidedBy})`
}

/** Takes away what was handed in as these cards, which are erased for good. */
export async function forgetCards(db: Db, planId: string, cards: readonly string[]): Promise<void> {
  const ids = [...cards]
  await db`
    update preparation p set answers = p.answers - gone.keys, handed_in = p.handed_in - gone.keys
    from (
      select meeting_id, person_id, array_agg(question) as keys from own_plan_item
      where plan_id = ${planId} and card_id = any(${ids}::text[])
      group by meeting_id, person_id) gone
    where p.meeting_id = gone.meeting_id and p.person_id = gone.person_id`
  await db`
    delete from own_plan_outcome where item_id in (
      select id from own_plan_item where plan_id = ${planId} and card_id = any(${ids}::text[]))`
  await db`
    delete from own_plan_item where plan_id = ${planId} and card_id = any(${ids}::text[])`
}
