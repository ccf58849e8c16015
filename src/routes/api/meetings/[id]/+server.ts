import { PlanMeeting } from '#server/doors.ts'
import { readMeeting } from '#server/gathering.ts'
import { answered, called, signedIn } from '#server/http.ts'
import { cancelMeeting, moveMeeting } from '#server/planning.ts'
import type { RequestHandler } from './$types'

/** One meeting as it stands. */
export const GET: RequestHandler = (event) =>
  signedIn(event, async (account, app) =>
    answered(await readMeeting(app, account, event.params.id), event.request),
  )

/** Moves a planned meeting: another day, place or company. */
export const PUT: RequestHandler = (event) =>
  called(event, PlanMeeting, async (asked, account, app) => {
    const meetingId = event.params.id
    return answered(await moveMeeting(app.acts, account, { meetingId, ...asked }), event.request)
  })

/** Calls a planned meeting off. */
export const DELETE: RequestHandler = (event) =>
  signedIn(event, async (account, app) =>
    answered(await cancelMeeting(app.acts, account, event.params.id), event.request),
  )
