import { answered, signedIn } from '#server/http.ts'
import { organisationPage } from '#server/organisation.ts'
import type { RequestHandler } from './$types'

/** Terms and counts of every plan of the organisation, for its manager; never a word of a plan. */
export const GET: RequestHandler = (event) =>
  signedIn(event, async (account, app) => {
    const page = await organisationPage(app, account, event.params.organisation)
    return answered(page, event.request)
  })
