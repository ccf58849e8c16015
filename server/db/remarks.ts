/** Rows of remarks and questions about goals and cards. Only ever added to. */
import type { Zone } from '#plan/access.ts'
import type { PersonId } from '#plan/people.ts'
import type { RemarkKind } from '#plan/remarks.ts'
import type { Basis } from '#plan/voice.ts'
import type { Db } from './open.ts'

export type RemarkRow = {
  planId: string
  id: string
  zone: Zone
  /** Whose part of the care zone, or whose draft, it was said in; null: nobody's alone. */
  ownerId: PersonId | null
  goalId: string | null
  documentId: string | null
  cardId: string | null
  personId: PersonId
  saidBy: PersonId
  basis: Basis
  kind: RemarkKind
  answers: string | null
  text: string
  at: Date
  resolvedBy: PersonId | null
}

const columns = (db: Db) => db`
  r.plan_id as "planId", r.id, r.zone,
  (select owner_id from document where id = r.document_id) as "ownerId", r.goal_id as "goalId", r.document_id as "documentId",
  r.card_id as "cardId", r.person_id as "personId", r.said_by as "saidBy", r.basis, r.kind,
  r.answers, r.text, r.at, d.person_id as "resolvedBy"`

export const ofPlan = (db: Db, planId: string): Promise<RemarkRow[]> =>
  db<RemarkRow[]>`
    select ${columns(db)} from remark r left join remark_resolved d on d.remark_id = r.id
    where r.plan_id = ${planId} order by r.at, r.id`

export async function find(db: Db, id: string): Promise<RemarkRow | undefined> {
  const [row] = await db<RemarkRow[]>`
    select ${columns(db)} from remark r left join remark_resolved d on d.remark_id = r.id
    where r.id = ${id}`
  return row
}

export async function add(
  db: Db,
  row: Omit<RemarkRow, 'at' | 'resolvedBy' | 'ownerId'>,
): Promise<void> {
  await db`insert into remark ${db({
    plan_id: row.planId,
    id: row.id,
    zone: row.zone,
    goal_id: row.goalId,
    document_id: row.documentId,
    card_id: row.cardId,
    person_id: row.personId,
    said_by: row.saidBy,
    basis: row.basis,
    kind: row.kind,
    answers: row.answers,
    text: row.text,
  })}`
}

/** Once; who comes second changes nothing. */
export async function resolve(db: Db, row: RemarkRow, personId: PersonId): Promise<void> {
  await db`
    insert into remark_resolved (plan_id, remark_id, person_id)
    values (${row.planId}, ${row.id}, ${personId}) on conflict (remark_id) do nothing`
}
