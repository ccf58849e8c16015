import { redirect } from '@sveltejs/kit'
import type { RequestHandler } from './$types'

/** Signs out: the session and every socket it opened end. */
export const POST: RequestHandler = async ({ request, locals, cookies }) => {
  await locals.table.endSession(request.headers.get('cookie') ?? '')
  const { name, value, attributes } = locals.table.sessions.blank()
  cookies.set(name, value, attributes)
  redirect(303, '/')
}
