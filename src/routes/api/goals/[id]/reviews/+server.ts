import { ReviewGoal } from '#server/doors.ts'
import { answered, called } from '#server/http.ts'
import { reviewGoal } from '#server/reviews.ts'
import type { RequestHandler } from './$types'

/** Records how it went with what was agreed: the goal after it. */
export const POST: RequestHandler = (event) =>
  called(event, ReviewGoal, async (asked, account, app) => {
    const goalId = event.params.id
    return answered(await reviewGoal(app.acts, account, { goalId, ...asked }), event.request)
  })
