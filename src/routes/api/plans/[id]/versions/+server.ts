import { SetPlan } from '#server/doors.ts'
import { answered, called, signedIn } from '#server/http.ts'
import { setPage, setPlan } from '#server/setting.ts'
import type { RequestHandler } from './$types'

/** What is missing before the plan can be set, and every version that was. */
export const GET: RequestHandler = (event) =>
  signedIn(event, async (account, app) =>
    answered(await setPage(app, account, event.params.id), event.request),
  )

/** Sets the plan: 201 `{version, hash}`. */
export const POST: RequestHandler = (event) =>
  called(event, SetPlan, async ({ reviewOn }, account, app) => {
    const planId = event.params.id
    return answered(await setPlan(app.acts, account, { planId, reviewOn }), event.request, 201)
  })
