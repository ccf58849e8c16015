/** The acts of agreeing: an answer to exactly these words, and the recording of dissent. */
import {
  isAgreed,
  readAnswer,
  standing,
  standingOf,
  type AnswerWord,
  type GoalState,
  type Method,
  type Reaction,
} from '#plan/agreement.ts'
import { fold } from '#plan/words.ts'
import { isRefusal, type Refusal } from '#plan/refusals.ts'
import type { GoalView } from '#live/wire.ts'
import { decide, refuse, seatFor, type ActDeps } from './acts.ts'
import type { Account, Assurance } from './auth/sessions.ts'
import * as agreement from './db/agreement.ts'
import * as events from './db/events.ts'
import * as goals from './db/goals.ts'
import type { Tx } from './db/open.ts'
import type { PersonRow } from './db/plans.ts'
import { told } from './goals.ts'
import type { Circle } from './seats.ts'
import { goalView, roundOf } from './views.ts'

/** An answer as it is asked to be recorded. */
export type Answering = {
  goalId: string
  hash: string
  answer: AnswerWord
  method: Method
  /** For whom; the person who asks when left out. */
  party?: string | undefined
  remark?: string | undefined
  witnesses?: readonly string[] | undefined
  reaction?: Reaction | undefined
  /** One per tap: a second arrival of the same tap changes nothing. */
  key: string
}

/**
 * Records an answer to the words that were read.
 *
 * Refuses with `words-changed` when these are not the words now presented, `already-agreed`,
 * `not-presented`, `not-a-party`, `not-for-her`, `witness-missing`, `reaction-missing`,
 * `reason-missing`, `remark-missing`, `key-used`.
 */
export async function answerGoal(
  deps: ActDeps,
  account: Account,
  asked: Answering,
): Promise<GoalView | Refusal> {
  const found = await goals.find(deps.sql, asked.goalId)
  if (!found) return 'unknown-goal'
  const seat = await seatFor(deps, account, found.planId, 'answer')
  if (isRefusal(seat)) return seat
  const { circle, me } = seat
  const view = await decide(deps, async (tx) => {
    await answer(tx, circle, me, asked, account.assurance)
    return (await goalView(tx, circle, asked.goalId)) ?? refuse('unknown-goal')
  })
  return told(deps, view)
}

/** The heart of answering; part of a transaction. Locks the goal when this was the last yes. */
export async function answer(
  tx: Tx,
  circle: Circle,
  me: PersonRow,
  asked: Answering,
  assurance: Assurance,
  imported = false,
): Promise<void> {
  const { goalId, hash, key, answer: word, method, reaction = null } = asked
  const goal = (await goals.hold(tx, goalId)) ?? refuse('unknown-goal')
  const { planId } = goal
  const partyId = asked.party ?? me.id
  const before = await agreement.byKey(tx, goalId, key)
  if (before) {
    const same = before.hash === hash && before.answer === word && before.partyId === partyId
    if (same && before.actorId === me.id) return
    refuse('key-used')
  }
  const version = (await goals.versions(tx, planId, goalId)).find((v) => v.version === goal.version)
  if (!version) refuse(goal.versions > 0 ? 'words-changed' : 'not-presented')
  const party = circle.people.find((p) => p.id === partyId && p.access === 'active')
  if (!party) refuse('unknown-person')
  const witnesses = [...(asked.witnesses ?? [])]
  if (witnesses.some((id) => !circle.people.some((p) => p.id === id))) refuse('unknown-person')
  const round = roundOf(
    version,
    await agreement.answers(tx, planId, goalId),
    await agreement.dissents(tx, planId, goalId),
  )
  const remark = fold(asked.remark ?? '')
  const given = {
    actor: me,
    party,
    hash,
    answer: word,
    method,
    remark,
    witnesses,
    reaction,
    imported,
  }
  const refusal = readAnswer(round, given, circle.people)
  if (refusal) refuse(refusal)
  const vote = word !== 'seen' && method !== 'observed_response'
  if (isAgreed(goal.state) && vote) refuse('already-agreed')
  const row = {
    goalId,
    version: version.version,
    partyId,
    actorId: me.id,
    answer: word,
    method,
    remark,
    witnesses,
    reaction,
    hash,
    key,
    assurance,
  }
  await agreement.add(tx, planId, { ...row, imported })
  await events.add(tx, {
    planId,
    kind: 'goal-answered',
    actorId: me.id,
    goalId,
    body: { ...row, imported },
  })
  await settle(tx, circle, goal, version)
}

/** Applies the rule to what is on record now; agreed words are agreed from here. */
async function settle(
  tx: Tx,
  circle: Circle,
  goal: goals.GoalRow,
  version: goals.VersionRow,
): Promise<void> {
  if (goal.state !== 'presented') return
  const round = roundOf(
    version,
    await agreement.answers(tx, goal.planId, goal.id),
    await agreement.dissents(tx, goal.planId, goal.id),
  )
  const now = standingOf(round, circle.people)
  const state: GoalState | null = now.startsWith('agreed') ? (now as GoalState) : null
  if (state === null) {
    // an answer was added: screens take the newest
    return goals.change(tx, goal, {})
  }
  await goals.change(tx, goal, { state, agreedVersion: version.version, agreedNow: true })
  await events.add(tx, {
    planId: goal.planId,
    kind: 'goal-agreed',
    actorId: null,
    goalId: goal.id,
    body: { version: version.version, hash: version.hash, state },
  })
}

/** Who sees it differently, and why the goal is agreed all the same. */
export type Dissenting = { goalId: string; personId: string; text: string }

/**
 * Records dissent beside the words (domain.md §2.2, L11, L15).
 *
 * By the responsible professional, with a reason, once the client and the responsible professional
 * have said yes. Refuses with `reason-missing`, `nothing-to-decide`, `not-presented`, `resistance`.
 */
export async function recordDissent(
  deps: ActDeps,
  account: Account,
  asked: Dissenting,
): Promise<GoalView | Refusal> {
  const found = await goals.find(deps.sql, asked.goalId)
  if (!found) return 'unknown-goal'
  const seat = await seatFor(deps, account, found.planId, 'decide-dissent')
  if (isRefusal(seat)) return seat
  const { circle, me } = seat
  const view = await decide(deps, async (tx) => {
    await dissent(tx, circle, me, asked)
    return (await goalView(tx, circle, asked.goalId)) ?? refuse('unknown-goal')
  })
  return told(deps, view)
}

/** The heart of recording dissent; part of a transaction. */
export async function dissent(
  tx: Tx,
  circle: Circle,
  me: PersonRow,
  { goalId, personId, text }: Dissenting,
): Promise<void> {
  const goal = (await goals.hold(tx, goalId)) ?? refuse('unknown-goal')
  if (goal.state !== 'presented') refuse(isAgreed(goal.state) ? 'already-agreed' : 'not-presented')
  const version = (await goals.versions(tx, goal.planId, goalId)).find(
    (v) => v.version === goal.version,
  )
  if (!version) refuse('not-presented')
  const answers = await agreement.answers(tx, goal.planId, goalId)
  const round = roundOf(version, answers, [])
  if (standingOf(round, circle.people) === 'resisted') refuse('resistance')
  const view = standing(round.answers, personId)
  const differs = view?.answer === 'no' || view?.answer === 'talk'
  if (!differs) refuse('nothing-to-decide')
  if (fold(text) === '') refuse('reason-missing')
  const row = { goalId, version: version.version, personId, recordedBy: me.id, text: fold(text) }
  const settled = standingOf({ ...round, dissent: row.text }, circle.people)
  if (settled !== 'agreed-with-dissent') refuse('nothing-to-decide')
  await agreement.addDissent(tx, goal.planId, row)
  await events.add(tx, {
    planId: goal.planId,
    kind: 'dissent-recorded',
    actorId: me.id,
    goalId,
    body: row,
  })
  await settle(tx, circle, goal, version)
}
