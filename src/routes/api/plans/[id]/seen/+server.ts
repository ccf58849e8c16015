import { Seen } from '#server/doors.ts'
import { answered, called } from '#server/http.ts'
import { leaveBoard } from '#server/seen.ts'
import type { RequestHandler } from './$types'

/** Somebody leaves the board; with `all` they have seen everything: 200 `{at}`. */
export const POST: RequestHandler = (event) =>
  called(event, Seen, async ({ all }, account, app) =>
    answered(await leaveBoard(app, account, event.params.id, all), event.request),
  )
