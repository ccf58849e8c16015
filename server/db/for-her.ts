/** Rows of who was asked to answer for the client, and why: only ever added. */
import type { Reaction } from '#plan/answers.ts'
import type { PersonId } from '#plan/people.ts'
import type { Db } from './open.ts'

export type ForHerRow = {
  planId: string
  id: string
  goalId: string
  version: number
  hash: string
  /** The judgement on which somebody else answers. */
  judgementId: string
  reaction: Exclude<Reaction, 'disliked'>
  /** What somebody saw of her. */
  saw: string
  personId: PersonId
  askedBy: PersonId
  key: string
  at: Date
}

const columns = (db: Db) => db`
  plan_id as "planId", id, goal_id as "goalId", version, hash, judgement_id as "judgementId",
  reaction, saw, person_id as "personId", asked_by as "askedBy", key, at`

/** The newest one about these words; undefined where nobody was asked. */
export async function newest(
  db: Db,
  goalId: string,
  version: number,
): Promise<ForHerRow | undefined> {
  const [row] = await db<ForHerRow[]>`
    select ${columns(db)} from asked_for_her
    where goal_id = ${goalId} and version = ${version} order by seq desc limit 1`
  return row
}

/** The one that came with this tap. */
export async function byKey(db: Db, goalId: string, key: string): Promise<ForHerRow | undefined> {
  const [row] = await db<ForHerRow[]>`
    select ${columns(db)} from asked_for_her where goal_id = ${goalId} and key = ${key}`
  return row
}

export async function add(db: Db, row: Omit<ForHerRow, 'at'>): Promise<void> {
  await db`insert into asked_for_her ${db({
    plan_id: row.planId,
    id: row.id,
    goal_id: row.goalId,
    version: row.version,
    hash: row.hash,
    judgement_id: row.judgementId,
    reaction: row.reaction,
    saw: row.saw,
    person_id: row.personId,
    asked_by: row.askedBy,
    key: row.key,
  })}`
}
