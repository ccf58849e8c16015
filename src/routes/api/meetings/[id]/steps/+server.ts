import { Step } from '#server/doors.ts'
import { answered, called } from '#server/http.ts'
import { stepMeeting } from '#server/meetings.ts'
import type { RequestHandler } from './$types'

/** Takes one step in a meeting: `{step}` → the meeting as it stands after it. */
export const POST: RequestHandler = (event) =>
  called(event, Step, async ({ step }, account, app) => {
    const meetingId = event.params.id
    return answered(await stepMeeting(app.acts, account, { meetingId, step }), event.request)
  })
