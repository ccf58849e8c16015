/** Looking back: what was decided at a plan, and the proof that nothing of it was changed. */
import type { Json } from '#plan/canonical.ts'
import type { Refusal } from '#plan/refusals.ts'
import type { App } from './app.ts'
import type { Account } from './auth/sessions.ts'
import * as events from './db/events.ts'
import { seated } from './plans.ts'

export type HistoryLine = {
  seq: number
  at: string
  kind: events.EventKind
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

/** What was decided at a plan, oldest first, for who sits there. */
export async function history(
  app: App,
  account: Account,
  planId: string,
): Promise<HistoryLine[] | Refusal> {
  const seat = await seated(app, account, planId)
  if (typeof seat === 'string') return seat
  app.accessLog.did(seat.circle, seat.me, 'read-history')
  return (await events.ofPlan(app.db.sql, planId)).map(line)
}
