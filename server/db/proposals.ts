/** Rows of proposals: words for a goal that stand beside it. */
import type { PersonId } from '#plan/people.ts'
import type { Words } from '#plan/words.ts'
import type { Db } from './open.ts'

export type ProposalState = 'kept' | 'sent' | 'taken' | 'withdrawn'
export type ProposalRow = {
  planId: string
  documentId: string
  goalId: string
  personId: PersonId
  words: Words
  state: ProposalState
  at: Date
}

const columns = (db: Db) => db`
  plan_id as "planId", document_id as "documentId", goal_id as "goalId", person_id as "personId",
  words, state, at`

/** What was proposed for a plan's goals, or for one; of `kept` ones only the owner may be told. */
export const ofPlan = (db: Db, planId: string, goalId?: string): Promise<ProposalRow[]> =>
  db<ProposalRow[]>`
    select ${columns(db)} from proposal
    where plan_id = ${planId} ${goalId === undefined ? db`` : db`and goal_id = ${goalId}`}
    order by at`

export async function hold(db: Db, documentId: string): Promise<ProposalRow | undefined> {
  const [row] = await db<ProposalRow[]>`
    select ${columns(db)} from proposal where document_id = ${documentId} for update`
  return row
}

export async function add(db: Db, row: Omit<ProposalRow, 'at'>): Promise<void> {
  await db`
    insert into proposal (plan_id, document_id, goal_id, person_id, words, state)
    values (${row.planId}, ${row.documentId}, ${row.goalId}, ${row.personId},
      ${db.json(row.words)}, ${row.state})`
}

export async function change(db: Db, documentId: string, state: ProposalState): Promise<void> {
  await db`update proposal set state = ${state} where document_id = ${documentId}`
}
