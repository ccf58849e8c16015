import { isRefusal } from '#plan/refusals.ts'
import { meetingFile } from '#server/calendar.ts'
import { refusalOf, signedIn } from '#server/http.ts'
import type { RequestHandler } from './$types'

/** The meeting as a file for one's own calendar. */
export const GET: RequestHandler = (event) =>
  signedIn(event, async (account, app) => {
    const base = app.config.origin ?? event.url.origin
    const file = await meetingFile(app, account, event.params.id, base)
    if (isRefusal(file)) return refusalOf(file, event.request)
    return new Response(file.file, {
      headers: {
        'content-type': 'text/calendar; charset=utf-8',
        'content-disposition': 'attachment; filename="gesprek.ics"',
        'cache-control': 'no-store',
      },
    })
  })
