/** The whole plan as one file: what people may see of it, its history, and the proof. */
import type { Refusal } from '#plan/refusals.ts'
import type { App } from '../app.ts'
import type { Account } from '../auth/sessions.ts'
import { itemsOfPage } from '../own-plan-page.ts'
import { planPage, seated } from '../plans.ts'
import { proofOf } from '../proof.ts'
import { allows } from '../seats.ts'

/** Exports a plan for who may take a copy with them (L17); the zones are those of that person. */
export async function exportJson(
  app: App,
  account: Account,
  planId: string,
): Promise<object | Refusal> {
  const seat = await seated(app, account, planId)
  if (typeof seat === 'string') return seat
  const { circle, me } = seat
  const allowed = allows(circle, me, 'export', { zone: 'shared' })
  app.accessLog.did(circle, me, 'export', { allowed })
  if (!allowed) return 'no-access'
  const page = await planPage(app, account, planId)
  if (typeof page === 'string') return page
  const { sql } = app.db
  const proof = await proofOf(sql, planId)
  return {
    format: 'aan-tafel/1',
    at: new Date().toISOString(),
    plan: page.plan,
    boards: page.boards.map(({ documentId, zone, mayWrite, cards }) => ({
      documentId,
      zone,
      mayWrite,
      cards: cards.map((card) => ({ ...card, news: undefined })),
    })),
    decided: page.decided,
    ownPlan: await itemsOfPage(sql, seat, page),
    proof,
  }
}
