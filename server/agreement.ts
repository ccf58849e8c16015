/** The acts of agreeing: an answer to exactly these words, and the recording of dissent. */
import { isAgreed, standingOf, type GoalState } from '#plan/agreement.ts'
import { readAnswer } from '#plan/answering.ts'
import { standing, type AnswerWord, type Method, type Reaction } from '#plan/answers.ts'
import { readDissent } from '#plan/dissent.ts'
import { dayOf } from '#plan/deadlines.ts'
import { abilityFor, bearsOn, newest, unableFor } from '#plan/deciding.ts'
import { keepsRecord } from '#plan/meeting.ts'
import { toAll, yesSayers } from '#plan/notices.ts'
import { isClient } from '#plan/people.ts'
import { mayAnswerWith } from '#plan/assurance.ts'
import { fold } from '#plan/words.ts'
import { isRefusal, type Refusal } from '#plan/refusals.ts'
import type { GoalView } from '#live/wire.ts'
import { decideTelling, orRefuse, refuse, seatFor, type ActDeps, type Tell } from './acts.ts'
import type { Account, Assurance } from './auth/sessions.ts'
import * as agreement from './db/agreement.ts'
import * as events from './db/events.ts'
import * as forHer from './db/for-her.ts'
import * as goals from './db/goals.ts'
import * as judgements from './db/judgements.ts'
import * as meetings from './db/meetings.ts'
import * as sessions from './db/sessions.ts'
import type { Tx } from './db/open.ts'
import type { PersonRow } from './db/plans.ts'
import { told } from './goals.ts'
import type { Circle } from './seats.ts'
import { goalView, roundNow } from './views.ts'

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
  /** In what ways the question was asked. */
  ways?: readonly string[] | undefined
  /** The question as it was shown. */
  sentence?: string | undefined
  /** The code on the paper that was signed. */
  code?: string | undefined
  /** One per tap: a second arrival of the same tap changes nothing. */
  key: string
}

/**
 * Records an answer to the words that were read.
 *
 * Refuses with `words-changed` when these are not the words now presented, `already-agreed`,
 * `not-presented`, `not-a-party`, `not-for-her`, `witness-missing`, `reaction-missing`,
 * `reason-missing`, `remark-missing`, `key-used`, `second-factor`.
 */
export async function answerGoal(
  deps: ActDeps,
  account: Account,
  asked: Answering,
): Promise<GoalView | Refusal> {
  const found = await goals.find(deps.sql, asked.goalId)
  if (!found) return 'no-access'
  const seat = await seatFor(deps, account, found.planId, 'answer', {
    zone: 'shared',
    goalId: asked.goalId,
  })
  if (isRefusal(seat)) return seat
  const { circle, me } = seat
  const view = await decideTelling(deps, found.planId, async (tx, tell) => {
    // as it is now, not as it was when the socket connected
    const session = await sessions.beganAs(tx, account.sessionId)
    const assurance = session?.assurance ?? account.assurance
    const required = deps.secondFactor === 'required' && session?.method !== 'demo' // asked for nothing, ever
    if (required && !mayAnswerWith(assurance, me)) refuse('second-factor')
    await answer(tx, circle, me, asked, { assurance, tell })
    return (await goalView(tx, circle, asked.goalId)) ?? refuse('unknown-goal')
  })
  return told(deps, view)
}

type How = { assurance: Assurance; tell: Tell; imported?: boolean; judgement?: string }

/** The heart of answering; part of a transaction. Locks the goal when this was the last yes. */
export async function answer(
  tx: Tx,
  circle: Circle,
  me: PersonRow,
  asked: Answering,
  { assurance, tell, imported = false, judgement }: How,
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
  const now = await roundNow(tx, goal)
  if (!now) refuse(goal.versions > 0 ? 'words-changed' : 'not-presented')
  const { version, round } = now
  const party = circle.people.find((p) => p.id === partyId && p.access === 'active')
  if (!party) refuse('unknown-person')
  const witnesses = [...(asked.witnesses ?? [])]
  if (witnesses.some((id) => !circle.people.some((p) => p.id === id))) refuse('unknown-person')
  const remark = fold(asked.remark ?? '')
  const said = { hash, answer: word, method, remark, witnesses, reaction, imported }
  const code = asked.code === undefined ? {} : { code: asked.code }
  const keeps = party.id !== me.id && (await keepsMeeting(tx, planId, me))
  const given = { actor: me, party, ...said, ...code, keepsRecord: keeps }
  const refusal = readAnswer(round, given, circle.people)
  if (refusal) refuse(refusal)
  const vote = word !== 'seen' && method !== 'observed_response'
  if (isAgreed(goal.state) && vote) refuse('already-agreed')
  if (vote && goal.state !== 'presented')
    refuse(goal.state === 'expired' ? 'expired' : 'not-presented')
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
    ways: (asked.ways ?? []).map(fold).filter((way) => way !== ''),
    judgement:
      judgement ?? (method === 'on_behalf' ? await judgementOf(tx, planId, version) : null),
    sentence: fold(asked.sentence ?? ''),
    imported,
  }
  await agreement.add(tx, planId, row)
  await events.add(tx, { planId, kind: 'goal-answered', actorId: me.id, goalId, body: row })
  // whose word was written down by another hears of it: a wrong one does not stay unseen
  if (vote && !imported && !isClient(party))
    tell(toAll([partyId], 'written-down', goalId, me.id, me.id))
  // what is added to a no is no other no
  const again = standing(round.answers, party.id)?.answer === 'no'
  if (word === 'no' && vote && !again)
    tell(toAll(yesSayers(round), 'no-said', goalId, partyId, me.id))
  if (vote) await settle(tx, circle, goal, tell)
  else await goals.change(tx, goal, {}) // an answer was added: screens take the newest
}

/** Whether somebody keeps the record of a meeting about this plan that goes on now. */
async function keepsMeeting(tx: Tx, planId: string, me: PersonRow): Promise<boolean> {
  const meeting = await meetings.current(tx, planId)
  return meeting !== undefined && keepsRecord(meeting.body, me.id)
}

/** The judgement on which somebody answers for the client; null where no single one was named. */
async function judgementOf(
  tx: Tx,
  planId: string,
  { goalId, version, topic }: goals.VersionRow,
): Promise<string | null> {
  const judged = await judgements.ofPlan(tx, planId)
  const today = dayOf(new Date())
  if (abilityFor({ goalId, topic }, judged, today) === 'unable') {
    const named = judged.find(({ id }) => id === topic)
    const same = (one: string) => fold(one).toLowerCase()
    const bearing = newest(judged.filter((one) => bearsOn(one, goalId)))
    return bearing.find((j) => named && same(j.topic) === same(named.topic))?.id ?? topic
  }
  const unable = unableFor(goalId, judged, today)
  const asked = await forHer.newest(tx, goalId, version)
  if (unable.some(({ id }) => id === asked?.judgementId)) return asked?.judgementId ?? null
  return unable.length === 1 ? (unable[0]?.id ?? null) : null
}

/** Applies the rule to what is on record now; agreed words are agreed from here. */
export async function settle(
  tx: Tx,
  circle: Circle,
  goal: goals.GoalRow,
  tell: Tell,
): Promise<void> {
  const now = await roundNow(tx, goal)
  if (goal.state !== 'presented' || !now) return
  const { version, round } = now
  const stands = standingOf(round, circle.people)
  const state: GoalState | null = stands.startsWith('agreed') ? (stands as GoalState) : null
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
  tell(
    toAll(
      round.parties.map(({ personId }) => personId),
      'agreed',
      goal.id,
      null,
    ),
  )
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
  if (!found) return 'no-access'
  const seat = await seatFor(deps, account, found.planId, 'decide-dissent')
  if (isRefusal(seat)) return seat
  const { circle, me } = seat
  const view = await decideTelling(deps, found.planId, async (tx, tell) => {
    await dissent(tx, circle, me, asked, tell)
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
  tell: Tell,
): Promise<void> {
  const goal = (await goals.hold(tx, goalId)) ?? refuse('unknown-goal')
  const { planId } = goal
  if (goal.state !== 'presented') refuse(isAgreed(goal.state) ? 'already-agreed' : 'not-presented')
  const { version, round } = (await roundNow(tx, goal)) ?? refuse('not-presented')
  if (round.dissentOf?.includes(personId)) refuse('nothing-to-decide')
  const now = new Date().toISOString()
  const ground = orRefuse(readDissent(round, personId, circle.people, now))
  if (fold(text) === '') refuse('reason-missing')
  const row = {
    goalId,
    version: version.version,
    personId,
    recordedBy: me.id,
    text: fold(text),
    ground,
  }
  await agreement.addDissent(tx, planId, row)
  await events.add(tx, { planId, kind: 'dissent-recorded', actorId: me.id, goalId, body: row })
  await settle(tx, circle, goal, tell)
}
