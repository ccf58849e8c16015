/** "Nieuw sinds u laatst keek": what a visit is held against, and where somebody left. */
import * as Y from 'yjs'
import { isRefusal, type Refusal } from '#plan/refusals.ts'
import { seatFor } from './acts.ts'
import type { App } from './app.ts'
import type { Account } from './auth/sessions.ts'
import * as documents from './db/documents.ts'
import * as seen from './db/seen.ts'
import { applyQuietly } from './sync/judge/apply.ts'
import { allows, type Circle } from './seats.ts'
import type { PersonRow } from './db/plans.ts'

/** How far each board this person may read has come. */
export async function vectorsNow(app: App, circle: Circle, me: PersonRow): Promise<seen.Vectors> {
  const vectors: seen.Vectors = {}
  for (const row of await documents.ofPlan(app.db.sql, circle.planId)) {
    if (row.kind !== 'board') continue
    if (!allows(circle, me, 'read', { zone: row.zone, owner: row.ownerId })) continue
    vectors[row.id] = vectorOf(app.rooms.open(row.id)?.live ?? (await stored(app, row.id)))
  }
  return vectors
}

const vectorOf = (doc: Y.Doc): string => Buffer.from(Y.encodeStateVector(doc)).toString('base64')

async function stored(app: App, id: string): Promise<Y.Doc> {
  const doc = new Y.Doc()
  applyQuietly(doc, (await documents.content(app.db.sql, id)).updates)
  return doc
}

/** Somebody leaves the board; with `all` they say that they have seen everything. */
export async function leaveBoard(
  app: App,
  account: Account,
  planId: string,
  all: boolean,
): Promise<{ at: string } | Refusal> {
  const seat = await seatFor(app.acts, account, planId, 'read')
  if (isRefusal(seat)) return seat
  const { circle, me } = seat
  await seen.leave(app.db.sql, planId, me.id, await vectorsNow(app, circle, me), all)
  return { at: new Date().toISOString() }
}
