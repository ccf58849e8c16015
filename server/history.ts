/** Looking back: what was decided at a plan, and the proof that nothing of it was changed. */
import type { Json } from '#plan/canonical.ts'
import type { Refusal } from '#plan/refusals.ts'
import type { App } from './app.ts'
import type { Account } from './auth/sessions.ts'
import * as documents from './db/documents.ts'
import * as events from './db/events.ts'
import { seated } from './seated.ts'
import { allows } from './seats.ts'

export type HistoryLine = {
  seq: number
  at: string
  /** `hidden`: it happened, and is for the care and the client. */
  kind: events.EventKind | 'hidden'
  actorId: string | null
  goalId: string | null
  body: Json
  previous: string
  hash: string
}

export const line = (event: events.EventRow): HistoryLine => ({
  seq: event.seq,
  at: event.at.toISOString(),
  kind: event.kind,
  actorId: event.actorId,
  goalId: event.goalId,
  body: event.body,
  previous: event.previous,
  hash: event.hash,
})

/** A line of care, for who may not read it: that it is there, in its place in the chain. */
const hidden = (shown: HistoryLine, care: boolean, documents: ReadonlySet<string>): HistoryLine =>
  shown.kind !== 'hidden' &&
  ((!care && events.CARE_KINDS.includes(shown.kind)) || !mayKnow(shown, documents))
    ? { ...shown, kind: 'hidden', actorId: null, goalId: null, body: null }
    : shown

/** What happened in one document. */
const PLACED: readonly HistoryLine['kind'][] = ['words-erased', 'photo-added', 'photo-removed']

/** That a card went from one zone to another, or was erased, is for who reads there. */
function mayKnow({ kind, body }: HistoryLine, documents: ReadonlySet<string>): boolean {
  if (PLACED.includes(kind)) return documents.has((body as { documentId: string }).documentId)
  if (kind !== 'card-moved') return true
  const { from, to } = body as { from: string; to: string }
  return documents.has(from) && documents.has(to)
}

/** What was decided at a plan, oldest first, for who sits there. */
export async function history(
  app: App,
  account: Account,
  planId: string,
): Promise<HistoryLine[] | Refusal> {
  const seat = await seated(app, account, planId)
  if (typeof seat === 'string') return seat
  app.accessLog.did(seat.circle, seat.me, 'read-history')
  const seesCare = allows(seat.circle, seat.me, 'read', { zone: 'care' })
  const rows = await documents.ofPlan(app.db.sql, planId)
  const mine = rows.filter(({ zone, ownerId }) =>
    allows(seat.circle, seat.me, 'read', { zone, owner: ownerId }),
  )
  const ids = new Set(mine.map(({ id }) => id))
  return (await events.ofPlan(app.db.sql, planId)).map((event) =>
    hidden(line(event), seesCare, ids),
  )
}
