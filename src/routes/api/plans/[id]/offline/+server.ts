import { answered, localeOf, signedIn } from '#server/http.ts'
import { offlinePlan } from '#server/offline.ts'
import type { RequestHandler } from './$types'

/** A plan to read without a network, for a device whose owner said that it is their own. */
export const GET: RequestHandler = (event) =>
  signedIn(event, async (account, app) => {
    const { params, request, cookies } = event
    const locale = localeOf(request, cookies)
    return answered(await offlinePlan(app, account, params.id, locale), request)
  })
