import { GiveCopy } from '#server/doors.ts'
import { answered, called } from '#server/http.ts'
import { giveCopy } from '#server/setting.ts'
import type { RequestHandler } from './$types'

/** Somebody got a copy of a version of the plan: 201 `{version}`. */
export const POST: RequestHandler = (event) =>
  called(event, GiveCopy, async (asked, account, app) => {
    const about = { planId: event.params.id, version: Number(event.params.version) }
    return answered(await giveCopy(app.acts, account, { ...about, ...asked }), event.request, 201)
  })
