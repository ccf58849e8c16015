import { isRefusal } from '#plan/refusals.ts'
import { sentence, statusOf } from '#server/refusals.ts'
import { openScreen, SCREEN_COOKIE, screenOf } from '#server/screens.ts'
import { error } from '@sveltejs/kit'
import type { PageServerLoad } from './$types'

/** A screen that shows something goes on showing it; any other is a new one, with letters of its own. */
export const load: PageServerLoad = async ({ locals, cookies, url, getClientAddress }) => {
  const { table } = locals
  const token = cookies.get(SCREEN_COOKIE)
  const known = await screenOf(table.db.sql, token)
  const base = table.config.origin ?? url.origin
  if (known) return { code: known.meetingId === null ? known.code : null, base }
  const made = await openScreen(table.db.sql, getClientAddress())
  if (isRefusal(made)) error(statusOf(made), { message: sentence(made), refusal: made })
  cookies.set(SCREEN_COOKIE, made.token, {
    path: '/',
    httpOnly: true,
    sameSite: 'strict',
    secure: base.startsWith('https:'),
  })
  return { code: made.row.code, base }
}
