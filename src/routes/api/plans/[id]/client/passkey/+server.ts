import { passkeysWorkAt } from '#server/auth/passkeys.ts'
import { takeBackRequest } from '#server/handover.ts'
import { answered, refusalOf, signedIn } from '#server/http.ts'
import type { RequestHandler } from './$types'

/** What the passkey of who handed the tablet over must sign to take it back. */
export const POST: RequestHandler = (event) =>
  signedIn(event, async (account, app) => {
    const { request, url, params } = event
    const isHere = account.handover === params.id && passkeysWorkAt(url)
    if (!isHere) return refusalOf('nothing-to-decide', request)
    return answered(await takeBackRequest(app, account, url), request)
  })
