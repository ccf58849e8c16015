import { isRefusal } from '#plan/refusals.ts'
import { sendCode } from '#server/auth/codes.ts'
import { prove } from '#server/auth/second-factor.ts'
import { Code, read } from '#server/doors.ts'
import { bodyOf, held, refusalOf } from '#server/http.ts'
import type { RequestHandler } from './$types'

/** Mails a code to who is signed in. */
export const POST: RequestHandler = (event) =>
  held(event, async (holder, app) => {
    const refusal = await sendCode(app, holder)
    return refusal ? refusalOf(refusal, event.request) : new Response(null, { status: 204 })
  })

/** A code, mailed, of the app, or for recovery: the session counts for more from here. */
export const PUT: RequestHandler = (event) =>
  held(event, async (holder, app) => {
    const asked = read(Code, await bodyOf(event.request))
    if ('faults' in asked) return refusalOf('unreadable', event.request, asked.faults)
    const proved = await prove(app, holder, asked.value.code)
    if (isRefusal(proved)) return refusalOf(proved, event.request)
    const cookie = await app.sessions.raise(holder, proved)
    const headers = cookie ? { 'set-cookie': cookie.header } : undefined
    return new Response(null, { status: 204, ...(headers && { headers }) })
  })
