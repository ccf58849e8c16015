import { auditAnswer, periodOf, signedIn } from '#server/http.ts'
import { auditLines } from '#server/looks.ts'
import type { RequestHandler } from './$types'

/** Every line of the access log of a period: JSON, or CSV with `?format=csv`. */
export const GET: RequestHandler = (event) =>
  signedIn(event, async (account, app) => {
    const lines = await auditLines(app, account, event.params.id, periodOf(event.url))
    return auditAnswer(lines, event)
  })
