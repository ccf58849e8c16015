/** The acts that carry a goal: making one, laying its words before people, writing on. */
import { isAgreed } from '#plan/agreement.ts'
import { partiesOf, usualParties, type Party } from '#plan/parties.ts'
import { bearsOn, OWN_DECISION } from '#plan/deciding.ts'
import { toAll, voters } from '#plan/notices.ts'
import type { Area } from '#plan/areas.ts'
import type { Json } from '#plan/canonical.ts'
import { seesGoal } from '#plan/people.ts'
import { isRefusal, type Refusal } from '#plan/refusals.ts'
import { readGoal, wordsOf } from '#live/documents.ts'
import type { GoalView } from '#live/wire.ts'
import {
  decide,
  decideTelling,
  orRefuse,
  refuse,
  seatFor,
  type ActDeps,
  type Tell,
} from './acts.ts'
import type { Account } from './auth/sessions.ts'
import * as documents from './db/documents.ts'
import * as events from './db/events.ts'
import * as goals from './db/goals.ts'
import * as judgements from './db/judgements.ts'
import * as marks from './db/marks.ts'
import type { Tx } from './db/open.ts'
import type { PersonRow } from './db/plans.ts'
import * as proposals from './db/proposals.ts'
import { hashOf, newId } from './ids.ts'
import { firstRound, nextRound, readDocument } from './rounds.ts'
import type { Circle } from './seats.ts'
import { goalView, roundNow } from './views.ts'
import { asksForHer } from './waits.ts'

/** Makes a goal and opens its first round to writing. Refuses with `no-access`. */
export async function createGoal(
  deps: ActDeps,
  account: Account,
  asked: { planId: string; area: Area; wishes: readonly string[] },
): Promise<GoalView | Refusal> {
  const seat = await seatFor(deps, account, asked.planId, 'create-goal')
  if (isRefusal(seat)) return seat
  const { circle, me } = seat
  return told(
    deps,
    await decide(deps, async (tx) => {
      const id = await addGoal(tx, { ...asked, actorId: me.id })
      return (await goalView(tx, circle, id)) ?? refuse('unknown-goal')
    }),
  )
}

type NewGoal = { planId: string; area: Area; wishes: readonly string[]; actorId: string }

/** Adds a goal in its first round; part of a transaction. */
export async function addGoal(tx: Tx, { planId, area, wishes, actorId }: NewGoal): Promise<string> {
  const id = newId()
  const documentId = await firstRound(tx, { planId, goalId: id, round: 1 }, area, wishes)
  await goals.add(tx, { planId, id, area, documentId, wishes: [...wishes] })
  await events.add(tx, { planId, kind: 'goal-created', actorId, goalId: id, body: { area } })
  return id
}

export type Presenting = {
  goalId: string
  /** Whose yes is asked beside the client's and the responsible professional's. */
  parties?: readonly string[]
  /** Who is heard, and cannot hold it up by silence. */
  heard?: readonly string[]
  /** Who is only told. */
  informed?: readonly string[]
  /** We try this until the review date. */
  trial?: boolean
  /** The judgement it falls under, or `none`: the client decides this herself. */
  topic?: string
  /** Lays words that lie still before people once more, as they are. */
  again?: boolean
}

/**
 * Lays a goal's words before people (voorleggen).
 *
 * Closes the draft in the transaction that reads its final words: there is no moment at which
 * words can still slip in. Refuses with `already-presented`, `already-agreed`, `no-words`,
 * `unknown-person`, `no-vote`, `sees-other-goals`, `unknown-topic`.
 */
export async function presentGoal(
  deps: ActDeps,
  account: Account,
  asked: Presenting,
): Promise<GoalView | Refusal> {
  const found = await goals.find(deps.sql, asked.goalId)
  if (!found) return 'no-access'
  const seat = await seatFor(deps, account, found.planId, 'present')
  if (isRefusal(seat)) return seat
  const { circle, me } = seat
  let closed: string | null = null
  const view = await decideTelling(deps, found.planId, async (tx, tell) => {
    if (asked.again) await writeOn(tx, me, asked.goalId, tell)
    closed = await present(tx, circle, me, asked, tell)
    return (await goalView(tx, circle, asked.goalId)) ?? refuse('unknown-goal')
  })
  if (!isRefusal(view) && closed !== null) deps.closed(closed)
  return told(deps, view)
}

/** The heart of presenting; part of a transaction. Answers with the document it closed. */
export async function present(
  tx: Tx,
  circle: Circle,
  me: PersonRow,
  { goalId, parties, heard, informed, topic, trial = false }: Presenting,
  tell: Tell,
): Promise<string> {
  const goal = (await goals.hold(tx, goalId)) ?? refuse('unknown-goal')
  const { planId, documentId } = goal
  if (documentId === null) refuse(isAgreed(goal.state) ? 'already-agreed' : 'already-presented')
  await documents.close(tx, documentId)
  // The lock holds from here: no statement of any process adds another word.
  const draft = await readDocument(tx, documentId)
  const words = wordsOf(draft)
  const { wishes } = readGoal(draft)
  draft.destroy()
  if (words.plainText === '') refuse('no-words')
  const sees = (id: string) => seesThis(circle, id, goalId)
  if ([...(parties ?? []), ...(heard ?? []), ...(informed ?? [])].some((id) => !sees(id)))
    refuse('sees-other-goals')
  const around = circle.people.filter(({ id }) => sees(id))
  const usual = usualParties(words, around, await askedBefore(tx, goal))
  const named =
    parties || heard || informed
      ? { required: parties ?? usual.required, heard: heard ?? [], informed: informed ?? [] }
      : usual
  const asked = orRefuse(partiesOf(words, around, named))
  if (topic !== undefined && topic !== OWN_DECISION) {
    const judged = await judgements.ofPlan(tx, planId)
    if (!judged.some((one) => one.id === topic && bearsOn(one, goalId))) refuse('unknown-topic')
  }
  const version = goal.versions + 1
  const hash = hashOf(words)
  const trialUntil = trial ? words.reviewOn : null
  await goals.addVersion(tx, planId, {
    goalId,
    version,
    round: goal.round,
    hash,
    words,
    parties: asked,
    trialUntil,
    presentedBy: me.id,
    topic: topic ?? null,
  })
  await goals.change(tx, goal, {
    state: 'presented',
    documentId: null,
    area: words.area,
    version,
    versions: version,
    wishes,
  })
  await events.add(tx, {
    planId,
    kind: 'goal-presented',
    actorId: me.id,
    goalId,
    body: { version, hash, parties: asked as unknown as Json, trialUntil },
  })
  if (topic !== undefined) {
    const chosen = { kind: 'topic-chosen', version, personId: null, byId: me.id } as const
    await marks.add(tx, planId, { ...chosen, goalId, body: { topic } })
    const body = { version, topic }
    await events.add(tx, { planId, kind: 'topic-chosen', actorId: me.id, goalId, body })
  }
  const now = await roundNow(tx, { ...goal, version })
  const forHer = now && (await asksForHer(tx, circle, now.version, now.round))
  tell(
    toAll(
      [...asked.map(({ personId }) => personId), ...(forHer ? [forHer.id] : [])],
      'asked',
      goalId,
      me.id,
      me.id,
    ),
  )
  return documentId
}

/** Whether somebody may read this goal; who is no part of the plan is refused elsewhere. */
const seesThis = ({ people }: Circle, id: string, goalId: string): boolean => {
  const person = people.find((one) => one.id === id)
  return !person || seesGoal(person, goalId, people)
}

/** Who was asked about the words before. */
async function askedBefore(tx: Tx, goal: goals.GoalRow): Promise<readonly Party[]> {
  const last = (await goals.versions(tx, goal.planId, goal.id)).at(-1)
  const now = last && (await roundNow(tx, { ...goal, version: last.version }))
  return now?.round.parties ?? []
}

/**
 * Writes on: a new round forked from the words as they were.
 *
 * Answers stay on record as answers to the earlier version. Agreed words stay in force until new
 * ones are agreed. With a proposal the round starts from its words, each in the hand that wrote it.
 * Refuses with `not-presented` while the words are being written already, and
 * with `ask-to-revise` for who may propose but not reopen.
 */
export async function reviseGoal(
  deps: ActDeps,
  account: Account,
  goalId: string,
  proposalId?: string,
): Promise<GoalView | Refusal> {
  const found = await goals.find(deps.sql, goalId)
  if (!found) return 'no-access'
  const seat = await seatFor(deps, account, found.planId, 'revise')
  if (isRefusal(seat)) return seat
  const { circle, me } = seat
  const view = await decideTelling(deps, found.planId, async (tx, tell) => {
    await writeOn(tx, me, goalId, tell, proposalId)
    return (await goalView(tx, circle, goalId)) ?? refuse('unknown-goal')
  })
  return told(deps, view)
}

/** The heart of writing on; part of a transaction. Who answered hears that their answer fell away. */
export async function writeOn(
  tx: Tx,
  me: PersonRow,
  goalId: string,
  tell: Tell,
  proposalId?: string,
): Promise<void> {
  const goal = (await goals.hold(tx, goalId)) ?? refuse('unknown-goal')
  const { planId } = goal
  if (goal.documentId !== null) refuse('not-presented')
  const answered = goal.state === 'presented' ? await roundNow(tx, goal) : undefined
  const round = goal.round + 1
  const still = (await goals.versions(tx, planId, goalId)).find((v) => v.version === goal.version)
  const base = still?.round ?? goal.round // what is in force, also when a later round came to nothing
  const [from] = (await documents.ofPlan(tx, planId)).filter(
    (row) => row.goalId === goalId && row.kind === 'goal' && row.round === base,
  )
  if (!from) refuse('unknown-document')
  if (proposalId !== undefined) await take(tx, goalId, proposalId)
  const documentId = await nextRound(tx, { planId, goalId, round }, proposalId ?? from.id)
  const state = goal.agreedVersion === null ? 'draft' : 'revising'
  await goals.change(tx, goal, { state, round, documentId, version: null })
  await events.add(tx, {
    planId,
    kind: 'goal-revised',
    actorId: me.id,
    goalId,
    body: { round, from: goal.version, proposal: proposalId ?? null },
  })
  if (answered) tell(toAll(voters(answered.round), 'words-changed', goalId, me.id, me.id))
}

/** A proposal that was sent is taken over; once. */
async function take(tx: Tx, goalId: string, documentId: string): Promise<void> {
  const proposal = (await proposals.hold(tx, documentId)) ?? refuse('unknown-document')
  if (proposal.goalId !== goalId) refuse('unknown-document')
  if (proposal.state !== 'sent') refuse('nothing-to-decide')
  await proposals.change(tx, documentId, 'taken')
}

/** After the commit everyone at the plan hears it. */
export function told(deps: ActDeps, view: GoalView | Refusal): GoalView | Refusal {
  if (!isRefusal(view)) deps.tellGoal(view)
  return view
}
