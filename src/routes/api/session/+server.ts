import { signIn } from '#server/auth/sign-in.ts'
import { read, SignIn } from '#server/doors.ts'
import { bodyOf, refusalOf } from '#server/http.ts'
import type { RequestHandler } from './$types'

/** Signs in: `{email, password}` → 204 and the cookie. */
export const POST: RequestHandler = async ({ request, locals, getClientAddress }) => {
  const asked = read(SignIn, await bodyOf(request))
  if ('faults' in asked) return refusalOf('unreadable', request, asked.faults)
  const { table } = locals
  const deps = { sql: table.db.sql, sessions: table.sessions, attempts: table.attempts }
  const { email, password } = asked.value
  const cookie = await signIn(deps, email, password, getClientAddress())
  if (typeof cookie === 'string') return refusalOf(cookie, request)
  return new Response(null, { status: 204, headers: { 'set-cookie': cookie.header } })
}

/** Signs out: the session and every socket it opened end. */
export const DELETE: RequestHandler = async ({ request, locals }) => {
  await locals.table.endSession(request.headers.get('cookie') ?? '')
  const { header } = locals.table.sessions.blank()
  return new Response(null, { status: 204, headers: { 'set-cookie': header } })
}
