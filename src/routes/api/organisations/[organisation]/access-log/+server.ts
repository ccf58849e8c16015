import { auditAnswer, periodOf, signedIn } from '#server/http.ts'
import { organisationAudit } from '#server/organisation.ts'
import type { RequestHandler } from './$types'

/** Every line of the access log of the organisation's plans: JSON, or CSV with `?format=csv`. */
export const GET: RequestHandler = (event) =>
  signedIn(event, async (account, app) => {
    const asked = periodOf(event.url)
    const lines = await organisationAudit(app, account, event.params.organisation, asked)
    return auditAnswer(lines, event)
  })
