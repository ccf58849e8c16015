import { Feedback } from '#server/doors.ts'
import { answered, called } from '#server/http.ts'
import { giveFeedback } from '#server/reports.ts'
import type { RequestHandler } from './$types'

/** How somebody found the meeting: `{couldSay, wasHeard, knows, party?}`, each 1 to 3. */
export const POST: RequestHandler = (event) =>
  called(event, Feedback, async (asked, account, app) => {
    const meetingId = event.params.id
    return answered(await giveFeedback(app.acts, account, { meetingId, ...asked }), event.request)
  })
