import { answered, signedIn } from '#server/http.ts'
import { called } from '#server/preparation.ts'
import type { RequestHandler } from './$types'

/** The call that was asked for has been made. */
export const DELETE: RequestHandler = (event) =>
  signedIn(event, async (account, app) => {
    const asked = { meetingId: event.params.id, callId: event.params.call }
    return answered(await called(app.acts, account, asked), event.request)
  })
