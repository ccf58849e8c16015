import { endAccess } from '#server/circle.ts'
import { answered, signedIn } from '#server/http.ts'
import type { RequestHandler } from './$types'

/** Ends somebody's access: their sockets close, their pages clear. */
export const DELETE: RequestHandler = (event) =>
  signedIn(event, async (account, app) => {
    const { id: planId, person: personId } = event.params
    return answered(await endAccess(app.acts, account, { planId, personId }), event.request)
  })
