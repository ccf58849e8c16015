import { forgetPerson } from '#server/forgetting.ts'
import { answered, signedIn } from '#server/http.ts'
import type { RequestHandler } from './$types'

/** Takes out the name of somebody who left. */
export const DELETE: RequestHandler = (event) =>
  signedIn(event, async (account, app) => {
    const { id: planId, person: personId } = event.params
    return answered(await forgetPerson(app.acts, account, { planId, personId }), event.request)
  })
