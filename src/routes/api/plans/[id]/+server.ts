import { ErasePlan } from '#server/doors.ts'
import { erasePlan } from '#server/erasing-plan.ts'
import { answered, called, signedIn } from '#server/http.ts'
import { readPlan } from '#server/plans.ts'
import type { RequestHandler } from './$types'

/** One plan: its people, the documents one may read, its goals. */
export const GET: RequestHandler = (event) =>
  signedIn(event, async (account, app) =>
    answered(await readPlan(app, account, event.params.id), event.request),
  )

/** Erases the whole plan for good, at the request of the client or after the years it must be kept. */
export const DELETE: RequestHandler = (event) =>
  called(event, ErasePlan, async (asked, account, app) => {
    const { ground, askedBy, name } = asked
    const of = { planId: event.params.id, ground, askedBy, name }
    return answered(await erasePlan(app.acts, account, of), event.request)
  })
