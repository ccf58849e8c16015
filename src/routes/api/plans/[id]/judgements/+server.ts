import { judge, whoDecides } from '#server/deciding.ts'
import { Judge } from '#server/doors-people.ts'
import { answered, called, signedIn } from '#server/http.ts'
import type { RequestHandler } from './$types'

/** Who decides what at a plan, with what was judged, for who may read the zone of the care. */
export const GET: RequestHandler = (event) =>
  signedIn(event, async (account, app) =>
    answered(await whoDecides(app, account, event.params.id), event.request),
  )

/** Records what was judged about one topic: 201 `{id}`. */
export const POST: RequestHandler = (event) =>
  called(event, Judge, async (asked, account, app) => {
    const planId = event.params.id
    return answered(await judge(app.acts, account, { planId, ...asked }), event.request, 201)
  })
