import { CorrectReport } from '#server/doors.ts'
import { answered, called } from '#server/http.ts'
import { correctReport } from '#server/reports.ts'
import type { RequestHandler } from './$types'

/** Corrects a line of the report: `{line, text}` → the report, with its marks. */
export const POST: RequestHandler = (event) =>
  called(event, CorrectReport, async (asked, account, app) => {
    const meetingId = event.params.id
    return answered(await correctReport(app.acts, account, { meetingId, ...asked }), event.request)
  })
