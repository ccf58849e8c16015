/** The acts of talking beside the words: a remark, a question, an answer to it, and "dealt with". */
import type { Thing } from '#plan/access.ts'
import { seesSomeGoals } from '#plan/people.ts'
import { isRefusal, type Refusal } from '#plan/refusals.ts'
import type { RemarkKind } from '#plan/remarks.ts'
import { canSpeak, ownBasis, type Basis } from '#plan/voice.ts'
import { fold } from '#plan/words.ts'
import type { RemarkView } from '#live/wire.ts'
import { decide, refuse, seatFor, type ActDeps } from './acts.ts'
import type { Account } from './auth/sessions.ts'
import * as documents from './db/documents.ts'
import * as events from './db/events.ts'
import * as goals from './db/goals.ts'
import type { Db } from './db/open.ts'
import * as remarks from './db/remarks.ts'
import { hashOf, newId } from './ids.ts'
import { allows, seatOf, type Circle } from './seats.ts'
import type { PersonRow } from './db/plans.ts'

export type Remarking = {
  planId: string
  /** What it is about: a goal, or a card of a board. */
  goalId?: string | undefined
  documentId?: string | undefined
  cardId?: string | undefined
  kind: RemarkKind
  text: string
  /** Whose words they are; without it they are one's own. */
  saidBy?: string | undefined
  basis?: Basis | undefined
  /** The remark it answers. */
  answers?: string | undefined
}

export const remarkView = (row: remarks.RemarkRow): RemarkView => ({
  id: row.id,
  goalId: row.goalId,
  documentId: row.documentId,
  cardId: row.cardId,
  personId: row.personId,
  saidBy: row.saidBy,
  basis: row.basis,
  kind: row.kind,
  answers: row.answers,
  text: row.text,
  at: row.at.toISOString(),
  resolvedBy: row.resolvedBy,
})

/** Everything said beside the words of a plan, of the zones this person may read. */
export async function remarkViews(db: Db, circle: Circle, me: PersonRow): Promise<RemarkView[]> {
  const rows = await remarks.ofPlan(db, circle.planId)
  return rows
    .filter(({ zone, ownerId: owner, goalId }) =>
      allows(circle, me, 'read', { zone, owner, goalId }),
    )
    .map(remarkView)
}

/** The same, for who asks at the door. */
export async function readRemarks(
  deps: ActDeps,
  account: Account,
  planId: string,
): Promise<RemarkView[] | Refusal> {
  const circle = await deps.seats.circle(planId)
  const me = account.handover === null ? seatOf(circle, account.id) : undefined
  if (me && seesSomeGoals(me, circle.people)) {
    deps.log.did(circle, me, 'read')
    return remarkViews(deps.sql, circle, me)
  }
  const seat = await seatFor(deps, account, planId, 'read')
  return isRefusal(seat) ? seat : remarkViews(deps.sql, seat.circle, seat.me)
}

/** Where something is said: at the board the card lies on. Null: nothing to talk about. */
async function placeOf(deps: ActDeps, asked: Remarking): Promise<Thing | null> {
  if (asked.goalId !== undefined) {
    const goal = await goals.find(deps.sql, asked.goalId)
    return goal?.planId === asked.planId ? { zone: 'shared' } : null
  }
  if (asked.documentId === undefined || asked.cardId === undefined) return null
  const board = await documents.find(deps.sql, asked.documentId)
  return board?.planId === asked.planId && board.kind === 'board'
    ? { zone: board.zone, owner: board.ownerId }
    : null
}

/**
 * Says something about a goal or a card. Who may read a shared board may talk; in the other zones
 * who may write there. Refuses with `no-access`, `unknown-document`, `unknown-person`,
 * `not-for-her` (a voice that cannot be theirs), `nothing-said` and `unknown-remark`.
 */
export async function addRemark(
  deps: ActDeps,
  account: Account,
  asked: Remarking,
): Promise<RemarkView | Refusal> {
  const place = await placeOf(deps, asked)
  const { zone, owner } = place ?? { zone: 'shared' }
  const act = zone === 'shared' ? 'answer' : 'write'
  const goalId = asked.goalId ?? null
  const thing = { zone, owner: owner ?? null, goalId }
  const seat = await seatFor(deps, account, asked.planId, act, thing)
  if (isRefusal(seat)) return seat
  if (place === null) {
    return asked.goalId === undefined ? 'unknown-document' : 'unknown-goal'
  }
  const { circle, me } = seat
  const text = fold(asked.text)
  if (text === '') return 'nothing-said'
  const speaker = circle.people.find(({ id }) => id === (asked.saidBy ?? me.id))
  if (!speaker) return 'unknown-person'
  const basis = asked.basis ?? ownBasis(speaker)
  if (!canSpeak(speaker, basis)) return 'not-for-her'
  const { planId, kind } = asked
  const cardId = goalId === null ? (asked.cardId ?? null) : null
  const documentId = goalId === null ? (asked.documentId ?? null) : null
  const id = newId()
  const made = await decide(deps, async (tx) => {
    if (asked.answers !== undefined) {
      const before = await remarks.find(tx, asked.answers)
      if (!before || before.goalId !== goalId || before.cardId !== cardId) refuse('unknown-remark')
    }
    const said = { personId: me.id, saidBy: speaker.id, basis }
    const where = { planId, id, zone, goalId, documentId, cardId }
    await remarks.add(tx, { ...where, ...said, kind, answers: asked.answers ?? null, text })
    if (zone === 'shared') {
      const body = { id, cardId, saidBy: speaker.id, hash: hashOf(text) }
      await events.add(tx, { planId, kind: 'remark-made', actorId: me.id, goalId, body })
    }
    return remarkView((await remarks.find(tx, id)) ?? refuse('unknown-remark'))
  })
  if (!isRefusal(made)) deps.tellRemarks(planId)
  return made
}

/** Says that a remark or question is dealt with. It stays to be read. */
export async function resolveRemark(
  deps: ActDeps,
  account: Account,
  id: string,
): Promise<RemarkView | Refusal> {
  const found = await remarks.find(deps.sql, id)
  if (!found) return 'no-access'
  const seat = await seatFor(deps, account, found.planId, 'write', {
    zone: found.zone,
    owner: found.ownerId,
  })
  if (isRefusal(seat)) return seat
  const { planId, goalId, zone } = found
  const done = await decide(deps, async (tx) => {
    const row = (await remarks.find(tx, id)) ?? refuse('unknown-remark')
    if (row.resolvedBy === null) {
      await remarks.resolve(tx, row, seat.me.id)
      if (zone === 'shared') {
        const actorId = seat.me.id
        await events.add(tx, { planId, kind: 'remark-resolved', actorId, goalId, body: { id } })
      }
    }
    return remarkView((await remarks.find(tx, id)) ?? refuse('unknown-remark'))
  })
  if (!isRefusal(done)) deps.tellRemarks(planId)
  return done
}
