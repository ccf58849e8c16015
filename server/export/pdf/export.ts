/** The plan as a PDF, for the client or for the record; for who may take a copy. */
import type { Refusal } from '#plan/refusals.ts'
import type { App } from '../../app.ts'
import type { Account } from '../../auth/sessions.ts'
import { onRecord } from '../on-record.ts'
import { paperOf } from '../paper.ts'
import { planRecord } from '../record.ts'
import type { Locale } from '../sentences.ts'
import { minePdf } from './mine.ts'
import { wholePdf } from './whole.ts'

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
  return reader === 'me'
    ? minePdf(paperOf(record, locale), locale)
    : wholePdf(onRecord(record, locale), locale)
}
