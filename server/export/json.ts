/** The whole plan as one file: what people may see of it, its history, and the proof. */
import type { Json } from '#plan/canonical.ts'
import type { Refusal } from '#plan/refusals.ts'
import type { App } from '../app.ts'
import type { Account } from '../auth/sessions.ts'
import { itemsOfPage } from '../own-plan-page.ts'
import * as photos from '../db/photos.ts'
import { hashOf } from '../ids.ts'
import { proofOf } from '../proof.ts'
import { takeAlong } from './record.ts'

/** Exports a plan for who may take a copy with them (L17); the zones are those of that person. */
export async function exportJson(
  app: App,
  account: Account,
  planId: string,
): Promise<object | Refusal> {
  const taken = await takeAlong(app, account, planId)
  if (typeof taken === 'string') return taken
  const { seat, page } = taken
  const { sql } = app.db
  const proof = await proofOf(sql, planId)
  const pictures = await photos.whole(
    sql,
    page.boards.map(({ documentId }) => documentId),
  )
  return sealed({
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
    photos: pictures.map(({ documentId, cardId, personId: by, alt, hash, width, height, data }) => {
      const picture = `data:image/webp;base64,${Buffer.from(data).toString('base64')}`
      return { documentId, cardId, by, alt, hash, width, height, data: picture }
    }),
    proof,
  })
}

/** With the hash of everything in it, so that a file that was changed or cut off is found out. */
function sealed(file: object): object {
  const plain = JSON.parse(JSON.stringify(file)) as { [key: string]: Json } // as it will be read
  return { ...plain, hash: hashOf(plain) }
}
