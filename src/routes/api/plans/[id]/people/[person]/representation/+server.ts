import { Represent } from '#server/doors-people.ts'
import { answered, called } from '#server/http.ts'
import { recordRepresentation } from '#server/representation.ts'
import type { RequestHandler } from './$types'

/** Records who decides for the client where she cannot, and on what ground. */
export const POST: RequestHandler = (event) =>
  called(event, Represent, async (asked, account, app) => {
    const { id: planId, person: personId } = event.params
    const of = { planId, personId, ...asked }
    return answered(await recordRepresentation(app.acts, account, of), event.request)
  })
