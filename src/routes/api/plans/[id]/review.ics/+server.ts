import { reviewCalendar } from '#server/export/calendar.ts'
import { fileOf, localeOf, signedIn } from '#server/http.ts'
import type { RequestHandler } from './$types'

/** The days of looking back, for a calendar. */
export const GET: RequestHandler = (event) =>
  signedIn(event, async (account, app) => {
    const locale = localeOf(event.request, event.cookies)
    return fileOf(await reviewCalendar(app, account, event.params.id, locale), event.request, {
      type: 'text/calendar; charset=utf-8',
      name: 'gesprek.ics',
      write: ({ file }) => file,
    })
  })
