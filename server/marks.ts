/** The acts beside the answers: who is asked, what is said about agreed words, how a round ends. */
import { isAgreed, standingOf, type GoalState } from '#plan/agreement.ts'
import {
  readAdding,
  readEnding,
  readRemoving,
  readStatement,
  readTakingBack,
  type ASKED_MARKS,
  type Mark,
  type MarkBody,
} from '#plan/marks.ts'
import { toAll } from '#plan/notices.ts'
import { seesGoal } from '#plan/people.ts'
import { isRefusal, type Refusal } from '#plan/refusals.ts'
import { fold } from '#plan/words.ts'
import type { GoalView } from '#live/wire.ts'
import { decideTelling, refuse, seatFor, type ActDeps, type Tell } from './acts.ts'
import { settle } from './agreement.ts'
import type { Account } from './auth/sessions.ts'
import * as events from './db/events.ts'
import * as goals from './db/goals.ts'
import * as marks from './db/marks.ts'
import type { Tx } from './db/open.ts'
import type { PersonRow } from './db/plans.ts'
import { told, writeOn } from './goals.ts'
import type { Circle } from './seats.ts'
import { goalView, roundNow } from './views.ts'

export type Marking = {
  goalId: string
  mark: (typeof ASKED_MARKS)[number]
  /** Whom it is about; left out: who asks. */
  personId?: string | undefined
  text: string
  instead: string
  informed: boolean
}

/** Who may put what beside a goal: the care leads a round; words of one's own are everyone's. */
const ACT = {
  'party-added': 'present',
  'party-removed': 'present',
  'parties-checked': 'present',
  'not-agreed': 'present',
  refused: 'present',
  statement: 'answer',
  'yes-taken-back': 'answer',
} as const satisfies Record<Marking['mark'], string>

/**
 * Puts a mark beside a goal. It is added to the record and takes nothing away.
 *
 * Refuses with `not-presented`, `unknown-person`, `no-vote`, `not-a-party`, `always-asked`,
 * `reason-missing`, `instead-missing`, `nothing-agreed`, `nothing-to-decide`, `not-for-her`,
 * `no-words`, `already-agreed`.
 */
export async function markGoal(
  deps: ActDeps,
  account: Account,
  asked: Marking,
): Promise<GoalView | Refusal> {
  const found = await goals.find(deps.sql, asked.goalId)
  if (!found) return 'no-access'
  const thing = { zone: 'shared', goalId: asked.goalId } as const
  const seat = await seatFor(deps, account, found.planId, ACT[asked.mark], thing)
  if (isRefusal(seat)) return seat
  const { circle, me } = seat
  const view = await decideTelling(deps, found.planId, async (tx, tell) => {
    await put(tx, circle, me, asked, tell)
    return (await goalView(tx, circle, asked.goalId)) ?? refuse('unknown-goal')
  })
  return told(deps, view)
}

async function put(
  tx: Tx,
  circle: Circle,
  me: PersonRow,
  asked: Marking,
  tell: Tell,
): Promise<void> {
  const goal = (await goals.hold(tx, asked.goalId)) ?? refuse('unknown-goal')
  const { mark } = asked
  const beside = mark === 'statement' || mark === 'yes-taken-back'
  // words beside what is agreed belong to the version in force, whatever is being written now
  const now = await roundNow(tx, beside ? { ...goal, version: goal.agreedVersion } : goal)
  if (!now) refuse(beside ? 'nothing-agreed' : 'not-presented')
  const { version, round } = now
  const { people } = circle
  const personId = asked.personId ?? me.id
  const text = fold(asked.text)
  const keep = (about: string | null, body: MarkBody = {}) =>
    addMark(tx, goal, { kind: mark, version: version.version, personId: about, byId: me.id, body })
  const all = round.parties.map((party) => party.personId)
  const open = () => goal.state !== 'presented' && refuse('not-presented')
  const stop = (refusal: Refusal | null) => refusal !== null && refuse(refusal)
  switch (mark) {
    case 'party-added':
      open()
      if (people.some((one) => one.id === personId && !seesGoal(one, goal.id, people)))
        refuse('sees-other-goals')
      stop(readAdding(round, personId, asked.informed, people))
      await keep(personId, asked.informed ? { informed: true } : {})
      tell(toAll([personId], 'asked', goal.id, me.id, me.id))
      return goals.change(tx, goal, {})
    case 'party-removed':
      open()
      stop(readRemoving(round, personId, text, people))
      await keep(personId, { text })
      return goals.change(tx, goal, {}) // never locks by itself: somebody looks at the list first
    case 'parties-checked':
      open()
      if (!round.unchecked && !isAgreed(standingOf(round, people) as GoalState))
        refuse('nothing-to-decide')
      await keep(null)
      return settle(tx, circle, goal, tell)
    case 'statement': {
      const whose = people.find(({ id }) => id === personId) ?? refuse('unknown-person')
      stop(readStatement(me, whose, text, goal.agreedVersion !== null))
      await keep(personId, { text })
      return goals.change(tx, goal, {})
    }
    case 'yes-taken-back':
      stop(readTakingBack(goal.state, round, me, personId, people))
      await keep(personId, text === '' ? {} : { text })
      await writeOn(tx, me, goal.id, tell)
      return tell(toAll(all, 'yes-taken-back', goal.id, personId, me.id))
    case 'not-agreed':
    case 'refused': {
      const body = { text, instead: fold(asked.instead) }
      stop(readEnding(goal.state, round, mark, body, people))
      await keep(mark === 'refused' ? personIdOfClient(circle) : null, body)
      await fallBack(tx, circle, goal, 'not-agreed')
      return tell(toAll(all, 'not-agreed', goal.id, me.id, me.id))
    }
    default:
      return mark satisfies never
  }
}

const personIdOfClient = (circle: Circle): string | null =>
  circle.people.find(({ role }) => role === 'client')?.id ?? null

/** Adds a mark and chains it; part of a transaction. */
export async function addMark(tx: Tx, goal: goals.GoalRow, mark: Omit<Mark, 'at'>): Promise<void> {
  const { planId, id: goalId } = goal
  await marks.add(tx, planId, { ...mark, goalId })
  const { kind, version, personId, byId, body } = mark
  await events.add(tx, {
    planId,
    kind: 'goal-marked',
    actorId: byId,
    goalId,
    body: { mark: kind, version, personId, body: { ...body } },
  })
}

/** A round ends without a yes: what was agreed before stays in force, where there was something. */
export async function fallBack(
  tx: Tx,
  circle: Circle,
  goal: goals.GoalRow,
  ended: 'not-agreed' | 'expired',
): Promise<void> {
  if (goal.agreedVersion === null) return goals.change(tx, goal, { state: ended })
  const before = await roundNow(tx, { ...goal, version: goal.agreedVersion })
  const stands = before ? standingOf(before.round, circle.people) : 'agreed'
  const state = isAgreed(stands as GoalState) ? (stands as GoalState) : 'agreed'
  return goals.change(tx, goal, { state, version: goal.agreedVersion })
}
