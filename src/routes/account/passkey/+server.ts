import { deviceOf } from '#server/auth/device.ts'
import { enrolled } from '#server/auth/account.ts'
import { creation, keep, passkeysWorkAt } from '#server/auth/passkeys.ts'
import { mayChange, tell } from '#server/auth/second-factor.ts'
import { bodyOf, held, json, refusalOf } from '#server/http.ts'
import type { RequestHandler } from './$types'

/** What the browser needs to make a passkey. */
export const POST: RequestHandler = (event) =>
  held(event, async (holder, app) => {
    if (!mayChange(holder)) return refusalOf('second-factor', event.request)
    if (!passkeysWorkAt(event.url)) return refusalOf('nothing-to-decide', event.request)
    return json(await creation(app.db.sql, holder, event.url))
  })

/** Keeps the passkey it made; answers with recovery codes, where these are the first. */
export const PUT: RequestHandler = (event) =>
  held(event, async (holder, app) => {
    const { request, url } = event
    if (!mayChange(holder)) return refusalOf('second-factor', request)
    const device = deviceOf(request.headers.get('user-agent'))
    const kept = await keep(app.db.sql, holder.id, await bodyOf(request), url, device)
    if (!kept) return refusalOf('wrong-code', request)
    await tell(app, holder.id, 'passkey')
    const { codes, cookie } = await enrolled(app, holder)
    const answer = json({ codes })
    if (cookie) answer.headers.set('set-cookie', cookie.header)
    return answer
  })
