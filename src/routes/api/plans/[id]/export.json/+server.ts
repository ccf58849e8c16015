import { exportJson } from '#server/export/json.ts'
import { answered, signedIn } from '#server/http.ts'
import type { RequestHandler } from './$types'

/** The whole plan as one file, with the proof that `npm run verify` recomputes. */
export const GET: RequestHandler = (event) =>
  signedIn(event, async (account, app) =>
    answered(await exportJson(app, account, event.params.id), event.request),
  )
