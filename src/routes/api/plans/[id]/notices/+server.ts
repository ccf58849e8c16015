import { ReadNotices } from '#server/doors.ts'
import { answered, called, signedIn } from '#server/http.ts'
import { newFor, readUpTo } from '#server/notices.ts'
import type { RequestHandler } from './$types'

/** What somebody should hear of and has not read yet, newest first. */
export const GET: RequestHandler = (event) =>
  signedIn(event, async (account, app) =>
    answered(await newFor(app, account, event.params.id), event.request),
  )

/** Somebody read these: `{read}`. */
export const POST: RequestHandler = (event) =>
  called(event, ReadNotices, async (asked, account, app) => {
    const planId = event.params.id
    return answered(await readUpTo(app, account, { planId, ...asked }), event.request)
  })
