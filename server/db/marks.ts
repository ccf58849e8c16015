/** Rows of marks: what is on record beside a goal and its answers. Only ever added (by trigger). */
import type { Mark } from '#plan/marks.ts'
import type { Db } from './open.ts'

export type MarkRow = Omit<Mark, 'at'> & { goalId: string; at: Date }

/** The marks of a plan, or of one goal, oldest first. */
export const ofPlan = (db: Db, planId: string, goalId?: string): Promise<MarkRow[]> =>
  db<MarkRow[]>`
    select goal_id as "goalId", version, kind, person_id as "personId", by_id as "byId", body, at
    from mark
    where plan_id = ${planId} ${goalId === undefined ? db`` : db`and goal_id = ${goalId}`}
    order by seq`

export async function add(db: Db, planId: string, row: Omit<MarkRow, 'at'>): Promise<void> {
  await db`
    insert into mark (plan_id, goal_id, version, kind, person_id, by_id, body)
    values (${planId}, ${row.goalId}, ${row.version}, ${row.kind}, ${row.personId}, ${row.byId},
      ${db.json(row.body)})`
}
