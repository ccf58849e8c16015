/** Everybody's own lane: a draft that only its writer reads, made at its first use. */
import { isRefusal, type Refusal } from '#plan/refusals.ts'
import { decide, seatFor, type ActDeps } from './acts.ts'
import type { Account } from './auth/sessions.ts'
import * as documents from './db/documents.ts'
import { newId } from './ids.ts'

/** The draft of who asks; the same one every time. */
export async function ownDraft(
  deps: ActDeps,
  account: Account,
  planId: string,
): Promise<{ documentId: string } | Refusal> {
  const seat = await seatFor(deps, account, planId, 'read')
  if (isRefusal(seat)) return seat
  const ownerId = seat.me.id
  return decide(deps, async (tx) => {
    await documents.addOwn(tx, planId, newId(), ownerId, 'draft')
    const documentId = await documents.ownDraft(tx, planId, ownerId)
    return { documentId }
  })
}
