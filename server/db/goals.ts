/** Rows of goals and their versions. A version is written once and never changed (by trigger). */
import type { GoalState } from '#plan/agreement.ts'
import type { Party } from '#plan/parties.ts'
import type { Area } from '#plan/areas.ts'
import type { PersonId } from '#plan/people.ts'
import type { Words } from '#plan/words.ts'
import type { Db } from './open.ts'

export type GoalRow = {
  planId: string
  id: string
  area: Area
  state: GoalState
  round: number
  documentId: string | null
  version: number | null
  versions: number
  agreedVersion: number | null
  agreedAt: Date | null
  wishes: string[]
  changedAt: Date
}

const columns = (db: Db) => db`
  plan_id as "planId", id, area, state, round, document_id as "documentId", version, versions,
  agreed_version as "agreedVersion", agreed_at as "agreedAt", wishes, changed_at as "changedAt"`

export async function find(db: Db, id: string): Promise<GoalRow | undefined> {
  const [row] = await db<GoalRow[]>`select ${columns(db)} from goal where id = ${id}`
  return row
}

/** The goal, held until the transaction ends: decisions about one goal happen one after another. */
export async function hold(db: Db, id: string): Promise<GoalRow | undefined> {
  const [row] = await db<GoalRow[]>`select ${columns(db)} from goal where id = ${id} for update`
  return row
}

export const ofPlan = (db: Db, planId: string): Promise<GoalRow[]> =>
  db<GoalRow[]>`
    select ${columns(db)} from goal where plan_id = ${planId} order by created_at, id`

export async function add(
  db: Db,
  goal: Pick<GoalRow, 'planId' | 'id' | 'area' | 'documentId' | 'wishes'>,
): Promise<void> {
  await db`
    insert into goal (plan_id, id, area, state, document_id, wishes)
    values (${goal.planId}, ${goal.id}, ${goal.area}, 'draft', ${goal.documentId},
      ${db.json(goal.wishes)})`
}

export type Change = Partial<
  Pick<
    GoalRow,
    'area' | 'state' | 'round' | 'documentId' | 'version' | 'versions' | 'agreedVersion' | 'wishes'
  >
> & { agreedNow?: boolean }

/** Moves a goal on. Its time of change only goes forward, so that screens keep the newest. */
export async function change(db: Db, goal: GoalRow, to: Change): Promise<void> {
  const next = { ...goal, ...to }
  await db`
    update goal set area = ${next.area}, state = ${next.state}, round = ${next.round},
      document_id = ${next.documentId}, version = ${next.version}, versions = ${next.versions},
      agreed_version = ${next.agreedVersion}, wishes = ${db.json(next.wishes)},
      agreed_at = case when ${to.agreedNow ?? false} then now() else agreed_at end,
      changed_at = greatest(clock_timestamp(), changed_at + interval '1 millisecond')
    where id = ${goal.id}`
}

/** A goal that was taken in had been agreed by this day. */
export async function agreedOn(db: Db, id: string, day: string): Promise<void> {
  await db`
    update goal set agreed_at = (${day}::text || 'T12:00:00Z')::timestamptz
    where id = ${id} and agreed_at is not null`
}

export type VersionRow = {
  goalId: string
  version: number
  round: number
  hash: string
  words: Words
  parties: Party[]
  trialUntil: string | null
  presentedBy: PersonId
  presentedAt: Date
  /** The topic it falls under: a judgement, `none`, or null where nobody said. */
  topic: string | null
}

export const versions = (db: Db, planId: string, goalId?: string): Promise<VersionRow[]> =>
  db<VersionRow[]>`
    select goal_id as "goalId", version, round, hash, words, parties, trial_until as "trialUntil",
      presented_by as "presentedBy", presented_at as "presentedAt", topic
    from goal_version
    where plan_id = ${planId} ${goalId === undefined ? db`` : db`and goal_id = ${goalId}`}
    order by goal_id, version`

export async function addVersion(
  db: Db,
  planId: string,
  row: Omit<VersionRow, 'presentedAt'>,
): Promise<void> {
  await db`
    insert into goal_version
      (plan_id, goal_id, version, round, hash, words, parties, trial_until, presented_by,
        topic)
    values (${planId}, ${row.goalId}, ${row.version}, ${row.round}, ${row.hash},
      ${db.json(row.words)}, ${db.json(row.parties)}, ${row.trialUntil}, ${row.presentedBy},
      ${row.topic})`
}

export type ReviewRow = {
  goalId: string
  onDay: string
  outcome: string
  text: string
  version: number | null
  personId: PersonId | null
  /** The client's own words. */
  said: string
  at: Date
}

/** Looking back at a plan's goals, or at one, oldest first. */
export const reviews = (db: Db, planId: string, goalId?: string): Promise<ReviewRow[]> =>
  db<ReviewRow[]>`
    select goal_id as "goalId", on_day as "onDay", outcome, text, version,
      person_id as "personId", said, at
    from review
    where plan_id = ${planId} ${goalId === undefined ? db`` : db`and goal_id = ${goalId}`}
    order by seq`

export async function addReview(db: Db, planId: string, row: Omit<ReviewRow, 'at'>): Promise<void> {
  await db`
    insert into review (plan_id, goal_id, on_day, outcome, text, version, person_id, said)
    values (${planId}, ${row.goalId}, ${row.onDay}, ${row.outcome}, ${row.text}, ${row.version},
      ${row.personId}, ${row.said})`
}
