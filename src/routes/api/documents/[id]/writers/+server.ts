import { answered, signedIn } from '#server/http.ts'
import { writersOf } from '#server/plans.ts'
import type { RequestHandler } from './$types'

/** Whose hand each client id of a document is: `{clientId: personId}`. */
export const GET: RequestHandler = (event) =>
  signedIn(event, async (account, app) =>
    answered(await writersOf(app, account, event.params.id), event.request),
  )
