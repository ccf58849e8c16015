import { Refusing } from '#server/doors-people.ts'
import { recordRefusal } from '#server/earlier-refusals.ts'
import { answered, called } from '#server/http.ts'
import type { RequestHandler } from './$types'

/** Puts on record what the client wrote earlier that she does not want, or takes back: 201 `{id}`. */
export const POST: RequestHandler = (event) =>
  called(event, Refusing, async (asked, account, app) => {
    const planId = event.params.id
    return answered(
      await recordRefusal(app.acts, account, { planId, ...asked }),
      event.request,
      201,
    )
  })
