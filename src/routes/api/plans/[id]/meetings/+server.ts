import { PlanMeeting } from '#server/doors.ts'
import { heldMeetings } from '#server/gathering.ts'
import { answered, called, signedIn } from '#server/http.ts'
import { planMeeting } from '#server/planning.ts'
import type { RequestHandler } from './$types'

/** The meetings of a plan, newest first. */
export const GET: RequestHandler = (event) =>
  signedIn(event, async (account, app) =>
    answered(await heldMeetings(app, account, event.params.id), event.request),
  )

/** Plans a meeting: `{onAt, minutes?, place?, link?, people, chair?}` → 201 and the meeting. */
export const POST: RequestHandler = (event) =>
  called(event, PlanMeeting, async (asked, account, app) => {
    const planId = event.params.id
    return answered(await planMeeting(app.acts, account, { planId, ...asked }), event.request, 201)
  })
