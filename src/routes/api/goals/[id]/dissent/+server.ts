import { recordDissent } from '#server/agreement.ts'
import { Dissent } from '#server/doors.ts'
import { answered, called } from '#server/http.ts'
import type { RequestHandler } from './$types'

/** Records that somebody sees it differently, and why it is agreed all the same: the goal after it. */
export const POST: RequestHandler = (event) =>
  called(event, Dissent, async (asked, account, app) => {
    const goalId = event.params.id
    return answered(await recordDissent(app.acts, account, { goalId, ...asked }), event.request)
  })
