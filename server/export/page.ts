/** What the page "Afdrukken" shows: the paper itself, or who may have it. */
import { shortName } from '#plan/names.ts'
import { responsibleProfessional } from '#plan/people.ts'
import type { Refusal } from '#plan/refusals.ts'
import type { Paper, PlanOnRecord } from '#live/paper.ts'
import type { App } from '../app.ts'
import type { Account } from '../auth/sessions.ts'
import * as plans from '../db/plans.ts'
import { seated } from '../seated.ts'
import { reviewCalendar } from './calendar.ts'
import { onRecord } from './on-record.ts'
import { paperOf } from './paper.ts'
import type { Reader } from './pdf/export.ts'
import { planRecord } from './record.ts'
import type { Locale } from './sentences.ts'

export type PrintPage = {
  planId: string
  title: string
  /** Whom to ask, for who may read and not take along. */
  contact: string | null
  reader: Reader
  paper: Paper | null
  record: PlanOnRecord | null
  /** Whether there is a day to look back, for the calendar. */
  days: boolean
}

export async function printPage(
  app: App,
  account: Account,
  planId: string,
  { reader, locale }: { reader: Reader; locale: Locale },
): Promise<PrintPage | Refusal> {
  const seat = await seated(app, account, planId)
  if (typeof seat === 'string') return seat
  const plan = await plans.find(app.db.sql, planId)
  if (!plan) return 'unknown-plan'
  const found = await planRecord(app, account, planId)
  if (typeof found === 'string' && found !== 'no-access') return found
  const taken = typeof found === 'string' ? null : found
  const contact = responsibleProfessional(seat.circle.people)
  const days = await reviewCalendar(app, account, planId, locale)
  return {
    planId,
    title: plan.title,
    contact: contact ? shortName(contact) : null,
    reader,
    paper: taken && reader === 'me' ? paperOf(taken, locale) : null,
    record: taken && reader === 'record' ? onRecord(taken, locale) : null,
    days: typeof days !== 'string',
  }
}
