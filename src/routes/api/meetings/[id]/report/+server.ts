import { Nothing } from '#server/doors.ts'
import { readReport } from '#server/gathering.ts'
import { answered, called, signedIn } from '#server/http.ts'
import { setReport } from '#server/reports.ts'
import type { RequestHandler } from './$types'

/** The report of a meeting that was closed, with every correction. */
export const GET: RequestHandler = (event) =>
  signedIn(event, async (account, app) =>
    answered(await readReport(app, account, event.params.id), event.request),
  )

/** Sets the report, for ever. */
export const POST: RequestHandler = (event) =>
  called(event, Nothing, async (_asked, account, app) =>
    answered(await setReport(app.acts, account, event.params.id), event.request),
  )
