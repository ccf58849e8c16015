import { answered, signedIn } from '#server/http.ts'
import { contributionsOf } from '#server/look-back.ts'
import type { RequestHandler } from './$types'

/** Who wrote what, when, and what it was before. */
export const GET: RequestHandler = (event) =>
  signedIn(event, async (account, app) =>
    answered(await contributionsOf(app, account, event.params.id), event.request),
  )
