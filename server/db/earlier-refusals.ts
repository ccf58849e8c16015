/** Rows of what the client wrote down earlier that she does not want: only ever added. */
import type { RefusalEntry } from '#plan/earlier-refusals.ts'
import type { Db } from './open.ts'

export const ofPlan = (db: Db, planId: string): Promise<RefusalEntry[]> =>
  db<RefusalEntry[]>`
    select id, text, area, on_day as "on", takes_back as "takesBack", recorded_by as "recordedBy"
    from earlier_refusal where plan_id = ${planId} order by seq`

export async function add(db: Db, planId: string, row: RefusalEntry): Promise<void> {
  await db`insert into earlier_refusal ${db({
    plan_id: planId,
    id: row.id,
    text: row.text,
    area: row.area,
    on_day: row.on,
    takes_back: row.takesBack,
    recorded_by: row.recordedBy,
  })}`
}
