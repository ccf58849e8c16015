import { error } from '@sveltejs/kit'
import * as mail from '#server/db/mail.ts'
import { compose } from '#server/mail/compose.ts'
import { sentence } from '#server/refusals.ts'
import type { PageServerLoad } from './$types'

/** The post of the demo: letters that no mail server took. There is no such page elsewhere. */
export const load: PageServerLoad = async ({ locals, setHeaders }) => {
  const { config, db, address } = locals.table
  const refusal = 'unknown-page'
  if (!config.demo) error(404, { refusal, message: sentence(refusal) })
  setHeaders({ 'cache-control': 'no-store' })
  const letters = []
  for (const row of await mail.newest(db.sql)) {
    const { id, state, address: to } = row
    if (state !== 'waiting') letters.push({ id, to, subject: null, text: [] })
    else {
      const names = await mail.namesFor(db.sql, row.accountId, row.planId)
      const { subject, text } = compose(row, names, address)
      letters.push({ id, to, subject, text: text.split('\n') })
    }
  }
  return { letters }
}
