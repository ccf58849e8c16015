/** Rows of what was judged about deciding, topic by topic, and of who stands in: only ever added. */
import type { Judgement } from '#plan/deciding.ts'
import type { PersonId } from '#plan/people.ts'
import type { Db } from './open.ts'

export type JudgementRow = Judgement & {
  judgeId: PersonId | null
  recordedBy: PersonId | null
  at: Date
}

export const ofPlan = (db: Db, planId: string): Promise<JudgementRow[]> =>
  db<JudgementRow[]>`
    select id, topic, goal_id as "goalId", able, judged_by as "judgedBy", judge_id as "judgeId", reason,
      on_day as "on", review_on as "reviewOn", recorded_by as "recordedBy", at
    from judgement where plan_id = ${planId} order by seq`

export async function add(db: Db, planId: string, row: Omit<JudgementRow, 'at'>): Promise<void> {
  await db`insert into judgement ${db({
    plan_id: planId,
    id: row.id,
    topic: row.topic,
    goal_id: row.goalId ?? null,
    able: row.able,
    judged_by: row.judgedBy,
    judge_id: row.judgeId,
    reason: row.reason,
    on_day: row.on,
    review_on: row.reviewOn,
    recorded_by: row.recordedBy,
  })}`
}

export const STANCES = ['declines', 'accepts', 'pointed-out'] as const
export type Stance = (typeof STANCES)[number]
export type StanceRow = {
  personId: PersonId
  stance: Stance
  recordedBy: PersonId
  text: string
  at: Date
}

export const stances = (db: Db, planId: string): Promise<StanceRow[]> =>
  db<StanceRow[]>`
    select person_id as "personId", stance, recorded_by as "recordedBy", text, at
    from representation where plan_id = ${planId} order by seq`

/** Adds what somebody said about standing in, and lets it hold from now. */
export async function addStance(
  db: Db,
  planId: string,
  { personId, stance, recordedBy, text }: Omit<StanceRow, 'at'>,
): Promise<void> {
  await db`insert into representation ${db({
    plan_id: planId,
    person_id: personId,
    stance,
    recorded_by: recordedBy,
    text,
  })}`
  if (stance === 'pointed-out') {
    await db`
      update person set pointed_out = (id = ${personId})
      where plan_id = ${planId}
        and role = (select role from person where plan_id = ${planId} and id = ${personId})`
  } else {
    await db`
      update person set declines = ${stance === 'declines'}
      where plan_id = ${planId} and id = ${personId}`
  }
}

/** The client's footing follows what was judged: some topics not hers to decide, or none. */
export async function follow(db: Db, planId: string, unable: boolean): Promise<void> {
  await db`
    update person set authority = ${unable ? 'self_where_possible' : 'self'}
    where plan_id = ${planId} and role = 'client'`
}
