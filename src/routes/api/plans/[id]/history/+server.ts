import { history } from '#server/history.ts'
import { answered, signedIn } from '#server/http.ts'
import type { RequestHandler } from './$types'

/** What was decided at a plan, oldest first. */
export const GET: RequestHandler = (event) =>
  signedIn(event, async (account, app) =>
    answered(await history(app, account, event.params.id), event.request),
  )
