import { Remark } from '#server/doors.ts'
import { answered, called, signedIn } from '#server/http.ts'
import { addRemark, readRemarks } from '#server/remarks.ts'
import type { RequestHandler } from './$types'

/** What is said beside the words, of the zones one may read. */
export const GET: RequestHandler = (event) =>
  signedIn(event, async (account, app) =>
    answered(await readRemarks(app.acts, account, event.params.id), event.request),
  )

/** Says something about a goal or a card: 201 the remark. */
export const POST: RequestHandler = (event) =>
  called(event, Remark, async (asked, account, app) => {
    const planId = event.params.id
    return answered(await addRemark(app.acts, account, { planId, ...asked }), event.request, 201)
  })
