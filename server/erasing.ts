/** The act that erases a contribution for good: out of the log, its snapshots and every memory. */
import * as Y from 'yjs'
import { isRefusal, type Refusal } from '#plan/refusals.ts'
import { readCards, removeCard } from '#live/documents.ts'
import { decide, refuse, type ActDeps } from './acts.ts'
import type { Tx } from './db/open.ts'
import type { Account } from './auth/sessions.ts'
import * as documents from './db/documents.ts'
import * as erasing from './db/erasing.ts'
import * as events from './db/events.ts'
import * as meetings from './db/meeting-words.ts'
import * as ownPlan from './db/own-plan.ts'
import * as photos from './db/photos.ts'
import { readDocument } from './rounds.ts'
import { allows, seatOf } from './seats.ts'
import type { Shown } from './sync/deps.ts'

export type Erasing = {
  documentId: string
  cardId: string
  /** Who asked for it: the client, or who acts for her; oneself where it is one's own to erase. */
  askedBy: string
}
type Erased = { documentId: string; cards: string[] }

/**
 * Erases a card, with what corrects it, as if it had never been written (AVG 17, WGBO 7:455).
 *
 * Taking a card off the board leaves its words in the log. This rewrites the document: the log and
 * the snapshot before it go, and one snapshot without the words takes their place. The clocks stay,
 * so a screen that comes back with the old words is told that they are deleted, and has nothing the
 * server would take. That it was done, by whom and at whose request is in the record; what it said
 * is nowhere. Refuses with `no-access`, `unknown-person`, `nothing-to-decide`.
 */
export async function eraseCard(
  deps: ActDeps,
  account: Account,
  { documentId, cardId, askedBy }: Erasing,
): Promise<Erased | Refusal> {
  const found = await documents.find(deps.sql, documentId)
  if (!found || found.kind === 'goal') return 'no-access'
  const { planId, zone, ownerId } = found
  const circle = await deps.seats.circle(planId)
  const me = seatOf(circle, account.id)
  if (!me) {
    deps.log.turnedAway(planId, account.id, 'erase', zone)
    return 'no-access'
  }
  const allowed = allows(circle, me, 'erase', { zone, owner: ownerId })
  deps.log.did(circle, me, 'erase', { zone, documentId, allowed })
  if (!allowed) return 'no-access'
  const asker = circle.people.find(({ id }) => id === askedBy)
  const mayAsk =
    asker && (asker.id === me.id || allows(circle, asker, 'invite', { zone: 'shared' }))
  if (!mayAsk) return 'unknown-person'
  const shown: Shown[] = []
  const erased = await decide(deps, async (tx) => {
    const row = (await documents.hold(tx, documentId)) ?? refuse('unknown-document')
    const doc = await readDocument(tx, documentId)
    const ids = readCards(doc)
      .filter(({ id, corrects }) => [id, corrects].includes(cardId))
      .map(({ id }) => id)
    if (!ids.includes(cardId)) refuse('nothing-to-decide')
    let deletion: Uint8Array | null = null
    doc.once('update', (update: Uint8Array) => (deletion = update))
    doc.transact(() => ids.forEach((id) => removeCard(doc, id)))
    await documents.rewrite(tx, row, Y.encodeStateAsUpdate(doc))
    doc.destroy()
    await meetings.forgetCards(tx, planId, ids)
    await erasing.forgetCards(tx, planId, ids)
    await ownPlan.forgetCards(tx, planId, ids)
    await photos.forget(tx, planId, ids)
    shown.push(...(await forgetWhereItLay(tx, planId, documentId, ids)))
    const body = { documentId, cards: ids, askedBy }
    await events.add(tx, { planId, kind: 'words-erased', actorId: me.id, goalId: null, body })
    const seq = row.seq + 1
    shown.push({ documentId, base: row.seq, seq, data: deletion!, hands: [] })
    return { documentId, cards: ids }
  })
  if (!isRefusal(erased)) {
    for (const one of shown) deps.stored(one)
    deps.tellPlan(planId)
    deps.tellRemarks(planId)
  }
  return erased
}

/** The boards and drafts the cards were moved from: their logs still hold the words. */
async function forgetWhereItLay(
  tx: Tx,
  planId: string,
  but: string,
  cards: readonly string[],
): Promise<Shown[]> {
  const shown: Shown[] = []
  for (const id of await erasing.movedFrom(tx, planId, cards)) {
    const row = id === but ? undefined : await documents.hold(tx, id)
    if (!row) continue
    const doc = await readDocument(tx, id)
    await documents.rewrite(tx, row, Y.encodeStateAsUpdate(doc))
    const data = Y.encodeStateAsUpdate(doc, Y.encodeStateVector(doc))
    shown.push({ documentId: id, base: row.seq, seq: row.seq + 1, data, hands: [] })
    doc.destroy()
  }
  return shown
}
