import { isDay } from '#live/documents.ts'
import { isRefusal } from '#plan/refusals.ts'
import { answered, signedIn } from '#server/http.ts'
import { auditLines, csvOf } from '#server/looks.ts'
import type { RequestHandler } from './$types'

/** Every line of the access log of a period: JSON, or CSV with `?format=csv`. */
export const GET: RequestHandler = (event) =>
  signedIn(event, async (account, app) => {
    const { searchParams } = event.url
    const day = (name: string) => {
      const value = searchParams.get(name)
      return isDay(value) ? value : null
    }
    const asked = { from: day('from'), to: day('to') }
    const lines = await auditLines(app, account, event.params.id, asked)
    if (isRefusal(lines) || searchParams.get('format') !== 'csv')
      return answered(lines, event.request)
    return new Response(csvOf(lines), {
      headers: {
        'content-type': 'text/csv; charset=utf-8',
        'content-disposition': 'attachment; filename="access-log.csv"',
        'cache-control': 'no-store',
      },
    })
  })
