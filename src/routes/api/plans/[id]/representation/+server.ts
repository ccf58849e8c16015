import { standIn } from '#server/deciding.ts'
import { StandIn } from '#server/doors-people.ts'
import { answered, called } from '#server/http.ts'
import type { RequestHandler } from './$types'

/** Somebody declines to stand in, takes it up again, or was pointed out: `{personId}`. */
export const POST: RequestHandler = (event) =>
  called(event, StandIn, async (asked, account, app) => {
    const planId = event.params.id
    return answered(await standIn(app.acts, account, { planId, ...asked }), event.request)
  })
