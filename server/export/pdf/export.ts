/** The plan as a PDF, for the client or for the record; for who may take a copy. */
import sharp from 'sharp'
import type { Refusal } from '#plan/refusals.ts'
import type { App } from '../../app.ts'
import type { Account } from '../../auth/sessions.ts'
import { onRecord } from '../on-record.ts'
import { paperOf } from '../paper.ts'
import { planRecord, type PlanRecord } from '../record.ts'
import type { Locale } from '../sentences.ts'
import { minePdf } from './mine.ts'
import { wholePdf, type Pictures } from './whole.ts'

/** For the client, or for the care record. */
export type Reader = 'me' | 'record'

export async function exportPdf(
  app: App,
  account: Account,
  planId: string,
  { reader, locale }: { reader: Reader; locale: Locale },
): Promise<Buffer | Refusal> {
  const record = await planRecord(app, account, planId)
  if (typeof record === 'string') return record
  if (reader === 'me') return minePdf(paperOf(record, locale), locale)
  return wholePdf(onRecord(record, locale), locale, { pictures: await picturesOf(record) })
}

/** The photos as paper takes them: a PDF holds JPEG, and we keep WebP. */
export async function picturesOf({ photos }: PlanRecord): Promise<Pictures> {
  const made = new Map<string, Buffer>()
  for (const [cardId, { data }] of photos)
    made.set(
      cardId,
      await sharp(data).flatten({ background: '#fff' }).jpeg({ quality: 82 }).toBuffer(),
    )
  return made
}
