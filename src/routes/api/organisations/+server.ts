import { json, signedIn } from '#server/http.ts'
import { managed } from '#server/organisation.ts'
import type { RequestHandler } from './$types'

/** The organisations somebody looks after: `[{id, name}]`. */
export const GET: RequestHandler = (event) =>
  signedIn(event, async (account, app) => json(await managed(app, account)))
