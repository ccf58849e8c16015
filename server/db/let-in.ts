/** Rows of who was let in to a therapist's own part of the care zone. */
import type { PersonId } from '#plan/people.ts'
import type { Db } from './open.ts'

export type LetIn = { planId: string; ownerId: PersonId; personId: PersonId }

/** Lets somebody in; false when they were already. */
export async function add(db: Db, row: LetIn & { by: PersonId }): Promise<boolean> {
  const rows = await db`
    insert into let_in (plan_id, owner_id, person_id, let_in_by)
    values (${row.planId}, ${row.ownerId}, ${row.personId}, ${row.by})
    on conflict do nothing returning person_id`
  return rows.length > 0
}

/** Ends it; false when there was nothing to end. */
export async function remove(db: Db, { planId, ownerId, personId }: LetIn): Promise<boolean> {
  const rows = await db`
    delete from let_in
    where plan_id = ${planId} and owner_id = ${ownerId} and person_id = ${personId}
    returning person_id`
  return rows.length > 0
}

/** Somebody's access ended: should they come back, they begin with their own part. */
export async function forget(db: Db, planId: string, personId: PersonId): Promise<void> {
  await db`delete from let_in where plan_id = ${planId} and person_id = ${personId}`
}
