/** Rows of what each person had read when they last left the board. */
import type { PersonId } from '#plan/people.ts'
import type { Db } from './open.ts'

/** Document → its state vector, in base64. */
export type Vectors = Record<string, string>
export type SinceRow = { at: Date; vectors: Vectors }

/** Minutes away after which coming back is a new visit. */
const AWAY = 30

/**
 * What this visit is held against. Who was away for long starts a new visit, held against what
 * they had read when they left; who was never here starts from what lies here now.
 */
export async function visit(
  db: Db,
  planId: string,
  personId: PersonId,
  now: Vectors,
): Promise<SinceRow> {
  const [row] = await db<SinceRow[]>`
    insert into seen (plan_id, person_id, since, seen)
    values (${planId}, ${personId}, ${db.json(now)}, ${db.json(now)})
    on conflict (plan_id, person_id) do update set
      since = case when seen.seen_at < now() - make_interval(mins => ${AWAY})
        then seen.seen else seen.since end,
      since_at = case when seen.seen_at < now() - make_interval(mins => ${AWAY})
        then seen.seen_at else seen.since_at end,
      seen_at = case when seen.seen_at < now() - make_interval(mins => ${AWAY})
        then now() else seen.seen_at end
    returning since_at as at, since as vectors`
  return row!
}

/** Somebody leaves the board, or says they have seen it all. */
export async function leave(
  db: Db,
  planId: string,
  personId: PersonId,
  now: Vectors,
  all: boolean,
): Promise<void> {
  await db`
    insert into seen (plan_id, person_id, since, seen)
    values (${planId}, ${personId}, ${db.json(now)}, ${db.json(now)})
    on conflict (plan_id, person_id) do update set
      seen = excluded.seen, seen_at = now(),
      since = case when ${all}::text::boolean then excluded.seen else seen.since end,
      since_at = case when ${all}::text::boolean then now() else seen.since_at end`
}
