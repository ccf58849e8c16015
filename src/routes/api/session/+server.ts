import { isRefusal } from '#plan/refusals.ts'
import { deviceOf } from '#server/auth/device.ts'
import { prove, waysOf } from '#server/auth/second-factor.ts'
import { signIn } from '#server/auth/sign-in.ts'
import { read, SignIn } from '#server/doors.ts'
import { bodyOf, held, json, refusalOf } from '#server/http.ts'
import { seatsOf } from '#server/seated.ts'
import type { RequestHandler } from './$types'

/** Who is signed in, how surely, which ways there are to show more, where one sits, and if it is a demo seat. */
export const GET: RequestHandler = (event) =>
  held(event, async (holder, app) => {
    const { name, assurance, step, method } = holder
    const ways = await waysOf(app.db.sql, holder)
    const seats = step === null ? await seatsOf(app, holder) : []
    return json({ name, assurance, step, ways, seats, demo: method === 'demo' })
  })

/** Signs in: `{email, password, code?}` → 204 and the cookie. */
export const POST: RequestHandler = async ({ request, locals, getClientAddress }) => {
  const asked = read(SignIn, await bodyOf(request))
  if ('faults' in asked) return refusalOf('unreadable', request, asked.faults)
  const { table } = locals
  const deps = { sql: table.db.sql, sessions: table.sessions, attempts: table.attempts }
  const { email, password, code } = asked.value
  const device = deviceOf(request.headers.get('user-agent'))
  let cookie = await signIn(deps, email, password, getClientAddress(), device)
  if (typeof cookie === 'string') return refusalOf(cookie, request)
  const holder = code ? await table.holderOf(`session=${cookie.value}`) : null
  if (code && holder) {
    const proved = await prove(table, holder, code)
    if (isRefusal(proved)) {
      await table.sessions.end(`session=${cookie.value}`)
      return refusalOf(proved, request)
    }
    cookie = (await table.sessions.raise(holder, proved)) ?? cookie
  }
  return new Response(null, { status: 204, headers: { 'set-cookie': cookie.header } })
}

/** Signs out: the session and every socket it opened end. */
export const DELETE: RequestHandler = async ({ request, locals }) => {
  await locals.table.endSession(request.headers.get('cookie') ?? '')
  const { header } = locals.table.sessions.blank()
  return new Response(null, { status: 204, headers: { 'set-cookie': header } })
}
