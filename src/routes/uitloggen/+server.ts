import { redirect } from '@sveltejs/kit'
import type { RequestHandler } from './$types'

/** Signs out: the session and every socket it opened end, and the browser keeps nothing of it. */
export const POST: RequestHandler = async ({ request, locals, cookies, setHeaders }) => {
  setHeaders({ 'clear-site-data': '"storage"' }) // words on one's own device (src/lib/live/own-device.ts)
  await locals.table.endSession(request.headers.get('cookie') ?? '')
  const { name, value, attributes } = locals.table.sessions.blank()
  cookies.set(name, value, attributes)
  redirect(303, '/')
}
