import { Help } from '#server/doors.ts'
import { callForHelp } from '#server/help.ts'
import { answered, called } from '#server/http.ts'
import type { RequestHandler } from './$types'

/** The client asks somebody to come: `{reached}` says whether anybody could be told now. */
export const POST: RequestHandler = (event) =>
  called(event, Help, async (asked, account, app) =>
    answered(await callForHelp(app, account, event.params.id, asked), event.request),
  )
