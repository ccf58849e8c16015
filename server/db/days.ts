/** Rows of the days of a plan's course: when care began, when people looked back, when it was set. */
import type { Day, PlanDays } from '#plan/deadlines.ts'
import type { PersonId } from '#plan/people.ts'
import type { Db } from './open.ts'

export type DayKind = 'started' | 'reviewed' | 'set'

/** Adds a day. A later `started` takes the place of an earlier one. */
export async function add(
  db: Db,
  planId: string,
  { kind, onDay, by }: { kind: DayKind; onDay: Day; by: PersonId | null },
): Promise<void> {
  await db`
    insert into plan_day (plan_id, kind, on_day, recorded_by)
    values (${planId}, ${kind}, ${onDay}, ${by})`
}

/** What is known of a plan's course, as the rules of the terms read it. */
export async function ofPlan(db: Db, planId: string): Promise<PlanDays> {
  const [plan] = await db<{ law: string }[]>`select law from plan where id = ${planId}`
  const rows = await db<{ kind: DayKind; onDay: Day }[]>`
    select kind, on_day as "onDay" from plan_day where plan_id = ${planId} order by seq`
  const of = (kind: DayKind) => rows.filter((row) => row.kind === kind).map(({ onDay }) => onDay)
  return {
    law: plan?.law ?? '',
    startedOn: of('started').at(-1) ?? null,
    reviewedOn: of('reviewed'),
    setOn: of('set'),
  }
}

/** The days people looked back at single goals. */
export const lookedBack = (db: Db, planId: string): Promise<{ goalId: string; onDay: Day }[]> =>
  db<{ goalId: string; onDay: Day }[]>`
    select goal_id as "goalId", on_day as "onDay" from review where plan_id = ${planId}`
