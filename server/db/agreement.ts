/** Rows of answers and of recorded dissent: only ever added (by trigger). */
import type { Assurance } from '#plan/assurance.ts'
import type { AnswerWord, Method, Reaction } from '#plan/answers.ts'
import type { Ground } from '#plan/dissent.ts'
import type { PersonId } from '#plan/people.ts'
import type { Db } from './open.ts'

export type AnswerRow = {
  goalId: string
  version: number
  partyId: PersonId
  actorId: PersonId
  answer: AnswerWord
  method: Method
  remark: string
  witnesses: PersonId[]
  reaction: Reaction | null
  hash: string
  key: string
  assurance: Assurance
  /** In what ways the question was asked. */
  ways: string[]
  /** The judgement on which somebody answers for the client. */
  judgement: string | null
  /** The question as it was shown. */
  sentence: string
  imported: boolean
  at: Date
}

const columns = (db: Db) => db`
  goal_id as "goalId", version, party_id as "partyId", actor_id as "actorId", answer, method,
  remark, witnesses, reaction, hash, key, assurance, ways, judgement, sentence, imported, at`

/** Answers to a plan's goals, or to one goal, in the order they were given. */
export const answers = (db: Db, planId: string, goalId?: string): Promise<AnswerRow[]> =>
  db<AnswerRow[]>`
    select ${columns(db)} from answer
    where plan_id = ${planId} ${goalId === undefined ? db`` : db`and goal_id = ${goalId}`}
    order by goal_id, seq`

/** The answer that came in with this key before; undefined when it is new. */
export async function byKey(db: Db, goalId: string, key: string): Promise<AnswerRow | undefined> {
  const [row] = await db<AnswerRow[]>`
    select ${columns(db)} from answer where goal_id = ${goalId} and key = ${key}`
  return row
}

export async function add(db: Db, planId: string, row: Omit<AnswerRow, 'at'>): Promise<void> {
  await db`
    insert into answer (plan_id, goal_id, version, party_id, actor_id, answer, method, remark,
      witnesses, reaction, hash, key, assurance, ways, judgement, sentence, imported)
    values (${planId}, ${row.goalId}, ${row.version}, ${row.partyId}, ${row.actorId},
      ${row.answer}, ${row.method}, ${row.remark}, ${db.json(row.witnesses)}, ${row.reaction},
      ${row.hash}, ${row.key}, ${row.assurance}, ${db.json(row.ways)}, ${row.judgement},
      ${row.sentence}, ${row.imported})`
}

export type DissentRow = {
  goalId: string
  version: number
  personId: PersonId
  recordedBy: PersonId
  text: string
  ground: Ground
}

export const dissents = (db: Db, planId: string, goalId?: string): Promise<DissentRow[]> =>
  db<DissentRow[]>`
    select goal_id as "goalId", version, person_id as "personId", recorded_by as "recordedBy", text,
      ground
    from dissent
    where plan_id = ${planId} ${goalId === undefined ? db`` : db`and goal_id = ${goalId}`}
    order by at`

export async function addDissent(db: Db, planId: string, row: DissentRow): Promise<void> {
  await db`
    insert into dissent (plan_id, goal_id, version, person_id, recorded_by, text, ground)
    values (${planId}, ${row.goalId}, ${row.version}, ${row.personId}, ${row.recordedBy},
      ${row.text}, ${row.ground})`
}
