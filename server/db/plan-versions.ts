/** Rows of the plan as it was set, and of the copies that went to people. Only ever added. */
import type { Json } from '#plan/canonical.ts'
import type { PersonId } from '#plan/people.ts'
import type { Db } from './open.ts'

export type PlanVersionRow = {
  version: number
  hash: string
  content: Json
  care: Json
  setBy: PersonId
  reviewOn: string
  setAt: Date
}

/** Every version of a plan that was set, oldest first. */
export const ofPlan = (db: Db, planId: string): Promise<PlanVersionRow[]> =>
  db<PlanVersionRow[]>`
    select version, hash, content, care, set_by as "setBy", review_on as "reviewOn",
      set_at as "setAt"
    from plan_version where plan_id = ${planId} order by version`

export async function add(db: Db, planId: string, row: PlanVersionRow): Promise<void> {
  await db`
    insert into plan_version (plan_id, version, hash, content, care, set_by, review_on, set_at)
    values (${planId}, ${row.version}, ${row.hash}, ${db.json(row.content)},
      ${db.json(row.care)}, ${row.setBy}, ${row.reviewOn}, ${row.setAt})`
}

export const WAYS = ['screen', 'paper', 'mail', 'read-aloud'] as const
export type Way = (typeof WAYS)[number]
export type DeliveryRow = {
  version: number
  personId: PersonId
  way: Way
  byId: PersonId
  at: Date
}

/** To whom copies of a plan went, and how, oldest first. */
export const deliveries = (db: Db, planId: string): Promise<DeliveryRow[]> =>
  db<DeliveryRow[]>`
    select version, person_id as "personId", way, by_id as "byId", at
    from delivery where plan_id = ${planId} order by version, seq`

export async function addDelivery(
  db: Db,
  planId: string,
  row: Omit<DeliveryRow, 'at'>,
): Promise<void> {
  await db`insert into delivery ${db({
    plan_id: planId,
    version: row.version,
    person_id: row.personId,
    way: row.way,
    by_id: row.byId,
  })}`
}
