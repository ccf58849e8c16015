/** The acts of a persoonlijk plan: keeping what is handed in, and saying what became of each item. */
import { dayOf } from '#plan/deadlines.ts'
import {
  isOpen,
  lacksOf,
  newItems,
  standingItems,
  suggestionFor,
  type Becoming,
  type HandedIn,
} from '#plan/own-plan.ts'
import type { Person } from '#plan/people.ts'
import { goesTo, type Answers, type Question } from '#plan/preparation.ts'
import { isRefusal, type Refusal } from '#plan/refusals.ts'
import { fold } from '#plan/words.ts'
import { readCards } from '#live/documents.ts'
import type { OwnPlanItem } from '#live/own-plan.ts'
import { decideTelling, refuse, seatFor, type ActDeps } from './acts.ts'
import type { Account } from './auth/sessions.ts'
import { decidedView } from './decided.ts'
import * as documents from './db/documents.ts'
import * as events from './db/events.ts'
import * as goalRows from './db/goals.ts'
import * as meetings from './db/meetings.ts'
import type { Db, Tx } from './db/open.ts'
import * as ownPlan from './db/own-plan.ts'
import { hashOf, newId } from './ids.ts'
import { readDocument } from './rounds.ts'
import { allows, type Circle } from './seats.ts'

type HandingIn = {
  planId: string
  meetingId: string
  answers: Answers
  cards: Partial<Record<Question, string>>
}

/** Keeps what is new in what somebody hands in; part of that transaction. What the event says of it. */
export async function keepItems(
  tx: Tx,
  me: Person,
  { planId, meetingId, answers, cards }: HandingIn,
): Promise<{ id: string; hash: string }[]> {
  const before = (await ownPlan.items(tx, planId)).filter(
    (one) => one.meetingId === meetingId && one.personId === me.id,
  )
  const kept: { id: string; hash: string }[] = []
  for (const { question, text } of newItems(me, answers, before)) {
    const cardId = cards[question] ?? null
    const row = { id: newId(), meetingId, personId: me.id, question, text, cardId }
    await ownPlan.addItem(tx, planId, row)
    kept.push({ id: row.id, hash: hashOf(text) })
  }
  return kept
}

/**
 * Puts on record what became of an item, or that it became something else than was said before.
 *
 * The care team may. Who handed it in hears of it. Refuses with `no-access`, `unknown-item`,
 * `reason-missing`, `link-missing`, `unknown-card`, `unknown-goal`.
 */
export async function decideItem(
  deps: ActDeps,
  account: Account,
  asked: Becoming & { planId: string; itemId: string },
): Promise<{ itemId: string } | Refusal> {
  const { planId, itemId, outcome } = asked
  const seat = await seatFor(deps, account, planId, 'decide-dissent')
  if (isRefusal(seat)) return seat
  const { me } = seat
  const lacks = lacksOf(asked)
  if (lacks) return lacks
  const done = await decideTelling(deps, planId, async (tx, tell) => {
    const item = standingItems(await ownPlan.items(tx, planId)).find(({ id }) => id === itemId)
    if (!item) refuse('unknown-item')
    const not = outcome === 'not-followed'
    const goalId = not ? null : (asked.goalId ?? null)
    const cardId = not || goalId !== null ? null : (asked.cardId ?? null)
    if (goalId !== null && (await goalRows.find(tx, goalId))?.planId !== planId)
      refuse('unknown-goal')
    if (cardId !== null && !(await isOnBoard(tx, planId, cardId))) refuse('unknown-card')
    const reason = fold(asked.reason)
    const row = { itemId, outcome, cardId, goalId, reason, decidedBy: me.id }
    await ownPlan.addOutcome(tx, planId, row)
    const body = { ...row, reason: hashOf(reason) }
    await events.add(tx, { planId, kind: 'own-plan-item', actorId: me.id, goalId: null, body })
    tell([{ personId: item.personId, kind: 'own-plan', goalId: null, about: me.id }])
    return { itemId }
  })
  if (!isRefusal(done)) deps.tellPlan(planId)
  return done
}

async function isOnBoard(tx: Tx, planId: string, cardId: string): Promise<boolean> {
  for (const row of await documents.ofPlan(tx, planId)) {
    if (row.kind !== 'board' || (row.zone !== 'shared' && row.zone !== 'care')) continue
    const doc = await readDocument(tx, row.id)
    const there = readCards(doc).some(({ id }) => id === cardId)
    doc.destroy()
    if (there) return true
  }
  return false
}

/** The day of each meeting that still lies ahead. */
async function aheadOf(db: Db, planId: string): Promise<Map<string, string>> {
  const planned = (await meetings.ofPlan(db, planId)).filter(({ state }) => state === 'planned')
  return new Map(planned.map(({ id, onAt }) => [id, dayOf(onAt)]))
}

/** How many items stand, and of how many nobody said what became of them though they were due. */
export async function countItems(
  db: Db,
  planId: string,
  now = new Date(),
): Promise<{ all: number; open: number }> {
  const items = standingItems(await ownPlan.items(db, planId))
  const said = new Map((await ownPlan.outcomes(db, planId)).map((one) => [one.itemId, one.outcome]))
  const ahead = await aheadOf(db, planId)
  const open = items.filter(({ id, meetingId }) =>
    isOpen({ outcome: said.get(id) ?? null, talkOn: ahead.get(meetingId) ?? null }, dayOf(now)),
  )
  return { all: items.length, open: open.length }
}

/** Whether an item went to the board that everyone reads. */
export function isOfSharedBoard(
  people: readonly Person[],
  { personId, question }: Pick<HandedIn, 'personId' | 'question'>,
): boolean {
  const person = people.find(({ id }) => id === personId)
  const goes = person && goesTo(question, person)
  return goes?.to === 'board' && goes.zone === 'shared'
}

type Places = {
  cards: readonly { id: string; text: string }[]
  goals: readonly { id: string; text: string; wishes: readonly string[] }[]
}

/**
 * The items somebody may read: one's own; all of them who reads the zone of the care; and who works
 * in the care those that went to the board that everyone reads.
 */
export async function itemViews(
  db: Db,
  circle: Circle,
  me: Person,
  { cards, goals }: Places,
): Promise<OwnPlanItem[]> {
  const { planId } = circle
  const every = allows(circle, me, 'read', { zone: 'care' })
  const mayDecide = allows(circle, me, 'decide-dissent', { zone: 'shared' })
  const items = standingItems(await ownPlan.items(db, planId)).filter(
    (item) =>
      every || item.personId === me.id || (mayDecide && isOfSharedBoard(circle.people, item)),
  )
  const outcomes = await ownPlan.outcomes(db, planId)
  const ahead = await aheadOf(db, planId)
  const { notFollowed } = await decidedView(db, planId)
  const known = { cards: cards.map(({ id }) => id), goals, notFollowed }
  const textOf = (places: readonly { id: string; text: string }[], id: string | null) =>
    places.find((one) => one.id === id)?.text ?? null
  return items.map((item) => {
    const said = outcomes.filter(({ itemId }) => itemId === item.id)
    const talkOn = ahead.get(item.meetingId) ?? null
    return {
      id: item.id,
      meetingId: item.meetingId,
      personId: item.personId,
      question: item.question,
      text: item.text,
      at: item.at.toISOString(),
      talkOn,
      open: isOpen({ outcome: said.at(-1)?.outcome ?? null, talkOn }, dayOf(new Date())),
      outcomes: said.map((one) => ({
        outcome: one.outcome,
        cardId: one.cardId,
        goalId: one.goalId,
        where: textOf(cards, one.cardId) ?? textOf(goals, one.goalId),
        reason: one.reason,
        decidedBy: one.decidedBy,
        at: one.at.toISOString(),
      })),
      suggestion: mayDecide ? suggestionFor(item, known) : null,
    }
  })
}
