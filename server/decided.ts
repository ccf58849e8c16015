/** The acts beside the wishes: that one is not followed and why, and where the nine topics stand. */
import { lacksOf, type NotFollowing } from '#plan/not-followed.ts'
import { isRefusal, type Refusal } from '#plan/refusals.ts'
import type { Topic, TopicState } from '#plan/topics.ts'
import { fold } from '#plan/words.ts'
import { readCards } from '#live/documents.ts'
import type { DecidedView } from '#live/views.ts'
import { decide, refuse, seatFor, type ActDeps } from './acts.ts'
import type { Account } from './auth/sessions.ts'
import * as decided from './db/decided.ts'
import * as documents from './db/documents.ts'
import * as events from './db/events.ts'
import type { Db, Tx } from './db/open.ts'
import { hashOf } from './ids.ts'
import { readDocument } from './rounds.ts'

/** What is on record beside the wishes of a plan. */
export async function decidedView(db: Db, planId: string): Promise<DecidedView> {
  const rows = await decided.notFollowed(db, planId)
  const topics = await decided.topics(db, planId)
  return {
    notFollowed: rows.map(({ cardId, ground, reason, consulted, recordedBy, at }) => ({
      cardId,
      ground: ground!,
      reason,
      consulted,
      recordedBy,
      at: at.toISOString(),
    })),
    topics: topics.map((row) => ({ ...row, at: row.at.toISOString() })),
  }
}

export type OnWish = { planId: string; cardId: string } & (
  (NotFollowing & { followed: false }) | { followed: true }
)

/**
 * Puts on record that a wish is not followed, and on which ground; or that it is followed after all.
 *
 * The wish is not touched. The care team may. Refuses with `unknown-card`, `ground-missing`,
 * `reason-missing`, `consulted-missing`, `nothing-to-decide`.
 */
export async function notFollow(
  deps: ActDeps,
  account: Account,
  asked: OnWish,
): Promise<DecidedView | Refusal> {
  const { planId, cardId } = asked
  const seat = await seatFor(deps, account, planId, 'decide-dissent')
  if (isRefusal(seat)) return seat
  const { me } = seat
  const lacks = asked.followed ? null : lacksOf(asked)
  if (lacks) return lacks
  const view = await decide(deps, async (tx) => {
    const wish = (await wishOn(tx, planId, cardId)) ?? refuse('unknown-card')
    if (asked.followed) {
      const now = await decided.notFollowed(tx, planId)
      if (!now.some((row) => row.cardId === cardId)) refuse('nothing-to-decide')
    }
    await record(tx, { ...asked, wish, by: me.id })
    return decidedView(tx, planId)
  })
  if (!isRefusal(view)) deps.tellPlan(planId)
  return view
}

/** The words of a wish on the shared board. */
async function wishOn(tx: Tx, planId: string, cardId: string): Promise<string | null> {
  const rows = await documents.ofPlan(tx, planId)
  const board = rows.find((row) => row.kind === 'board' && row.zone === 'shared')
  if (!board) return null
  const doc = await readDocument(tx, board.id)
  const card = readCards(doc).find(({ id, kind }) => id === cardId && kind === 'wish')
  doc.destroy()
  return card ? fold(card.text) : null
}

/** Adds the row and its event; part of a transaction. The event names no words but their hash. */
export async function record(tx: Tx, asked: OnWish & { wish: string; by: string }): Promise<void> {
  const { planId, cardId, followed } = asked
  const wishHash = hashOf(asked.wish)
  const ground = asked.followed ? null : (asked.ground ?? null)
  const reason = asked.followed ? '' : fold(asked.reason)
  const consulted = asked.followed ? '' : fold(asked.consulted)
  const row = { cardId, followed, ground, reason, consulted, wishHash, recordedBy: asked.by }
  await decided.addNotFollowed(tx, planId, row)
  const kind = followed ? 'wish-followed' : 'wish-not-followed'
  const body = { cardId, wish: wishHash, ...(!followed && { ground, reason: hashOf(reason) }) }
  await events.add(tx, { planId, kind, actorId: asked.by, goalId: null, body })
}

/** Says where one of the nine topics stands (Blz 6.1.1). The care team may. */
export async function tickTopic(
  deps: ActDeps,
  account: Account,
  { planId, topic, state }: { planId: string; topic: Topic; state: TopicState },
): Promise<DecidedView | Refusal> {
  const seat = await seatFor(deps, account, planId, 'decide-dissent')
  if (isRefusal(seat)) return seat
  const { me } = seat
  const view = await decide(deps, async (tx) => {
    await decided.addTopic(tx, planId, { topic, state, recordedBy: me.id })
    const body = { topic, state }
    await events.add(tx, { planId, kind: 'topic-ticked', actorId: me.id, goalId: null, body })
    return decidedView(tx, planId)
  })
  if (!isRefusal(view)) deps.tellPlan(planId)
  return view
}
