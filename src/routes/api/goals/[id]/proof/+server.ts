import { goalProof } from '#server/evidence.ts'
import { answered, signedIn } from '#server/http.ts'
import type { RequestHandler } from './$types'

/** All that was said to a goal, with every hash recomputed now. */
export const GET: RequestHandler = (event) =>
  signedIn(event, async (account, app) =>
    answered(await goalProof(app, account, event.params.id), event.request),
  )
