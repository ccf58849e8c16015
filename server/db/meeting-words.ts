import type { Db } from './open.ts'

/** Takes the words of erased cards out of the agendas that named them. */
export async function forgetCards(db: Db, planId: string, cards: readonly string[]): Promise<void> {
  await db`
    update meeting set revision = revision + 1, body = jsonb_set(body, '{agenda}', (
      select coalesce(jsonb_agg(case when item->>'cardId' = any(${[...cards]}::text[])
        then item || '{"title": ""}' else item end order by place), '[]')
      from jsonb_array_elements(body->'agenda') with ordinality as of_agenda (item, place)
    )) where plan_id = ${planId} and exists (
      select 1 from jsonb_array_elements(body->'agenda') as item
      where item->>'cardId' = any(${[...cards]}::text[]))`
}
