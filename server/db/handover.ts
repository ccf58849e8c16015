/** Rows of tablets in the client's hands, and of her calls for help. */
import type { PersonId } from '#plan/people.ts'
import type { Db } from './open.ts'

export type HandoverRow = { sessionId: string; planId: string; personId: PersonId; at: Date }

export async function add(db: Db, row: Omit<HandoverRow, 'at'>): Promise<void> {
  await db`
    insert into handover (session_id, plan_id, person_id)
    values (${row.sessionId}, ${row.planId}, ${row.personId})`
}

export type HelpAbout = 'help' | 'change'
export type HelpRow = {
  planId: string
  id: string
  personId: PersonId
  besideId: PersonId | null
  goalId: string | null
  about: HelpAbout
  at: Date
}

export async function addHelp(db: Db, row: Omit<HelpRow, 'at'>): Promise<void> {
  await db`
    insert into help_call (plan_id, id, person_id, beside_id, goal_id, about)
    values (${row.planId}, ${row.id}, ${row.personId}, ${row.besideId}, ${row.goalId}, ${row.about})`
}

/** Calls nobody has heard yet, oldest first. */
export const openHelp = (db: Db, planId: string): Promise<HelpRow[]> =>
  db<HelpRow[]>`
    select plan_id as "planId", id, person_id as "personId", beside_id as "besideId",
      goal_id as "goalId", about, at
    from help_call where plan_id = ${planId} and heard_at is null order by at`

/** Somebody comes; true when nobody had said so before. */
export async function hearHelp(
  db: Db,
  planId: string,
  id: string,
  personId: PersonId,
): Promise<boolean> {
  const rows = await db`
    update help_call set heard_by = ${personId}, heard_at = now()
    where plan_id = ${planId} and id = ${id} and heard_at is null returning id`
  return rows.length > 0
}
