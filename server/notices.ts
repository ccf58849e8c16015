/** What somebody should hear of: read on one's own screens, and put away. */
import type { Refusal } from '#plan/refusals.ts'
import type { NoticeView } from '#live/wire.ts'
import type { App } from './app.ts'
import type { Account } from './auth/sessions.ts'
import * as notices from './db/notices.ts'
import { seated } from './seated.ts'
import { allows } from './seats.ts'

/** What somebody has not read yet, newest first. */
export async function newFor(
  app: App,
  account: Account,
  planId: string,
): Promise<NoticeView[] | Refusal> {
  const seat = await seated(app, account, planId, 'what-they-may')
  if (typeof seat === 'string') return seat
  const rows = await notices.unread(app.db.sql, planId, seat.me.id)
  const seen = rows.filter(({ goalId }) =>
    allows(seat.circle, seat.me, 'read', { zone: 'shared', goalId }),
  )
  return seen.map(({ seq, kind, goalId, about, at }) => ({
    seq,
    kind,
    goalId,
    about,
    at: at.toISOString(),
  }))
}

/** Puts away what was read; of one goal where it is named. */
export async function readUpTo(
  app: App,
  account: Account,
  asked: { planId: string; upTo: number; goalId: string | null },
): Promise<{ read: number } | Refusal> {
  const seat = await seated(app, account, asked.planId, 'what-they-may')
  if (typeof seat === 'string') return seat
  const { sql } = app.db
  const read = await notices.read(sql, asked.planId, seat.me.id, asked.upTo, asked.goalId)
  if (read > 0) app.acts.tellPeople(asked.planId, [seat.me.id]) // one's other screens as well
  return { read }
}
