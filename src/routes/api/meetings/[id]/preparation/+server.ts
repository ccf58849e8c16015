import { Prepare } from '#server/doors.ts'
import { answered, called } from '#server/http.ts'
import { prepare } from '#server/preparation.ts'
import type { RequestHandler } from './$types'

/** Keeps what one prepares, or hands it in: `{answers, cards, handIn}` → what is kept. */
export const PUT: RequestHandler = (event) =>
  called(event, Prepare, async (asked, account, app) => {
    const meetingId = event.params.id
    return answered(await prepare(app.acts, account, { meetingId, ...asked }), event.request)
  })
