import { Colleague } from '#server/doors-people.ts'
import { answered, called } from '#server/http.ts'
import { endLettingIn, letColleagueIn } from '#server/let-in.ts'
import type { RequestHandler } from './$types'

/** Lets a colleague read and write in a therapist's own part of the zone of the care. */
export const POST: RequestHandler = (event) =>
  called(event, Colleague, async ({ personId }, account, app) => {
    const documentId = event.params.id
    return answered(
      await letColleagueIn(app.acts, account, { documentId, personId }),
      event.request,
    )
  })

/** Ends that; their screen follows at once. */
export const DELETE: RequestHandler = (event) =>
  called(event, Colleague, async ({ personId }, account, app) => {
    const documentId = event.params.id
    return answered(await endLettingIn(app.acts, account, { documentId, personId }), event.request)
  })
