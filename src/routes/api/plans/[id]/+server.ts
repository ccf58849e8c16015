import { answered, signedIn } from '#server/http.ts'
import { readPlan } from '#server/plans.ts'
import type { RequestHandler } from './$types'

/** One plan: its people, the documents one may read, its goals. */
export const GET: RequestHandler = (event) =>
  signedIn(event, async (account, app) =>
    answered(await readPlan(app, account, event.params.id), event.request),
  )
