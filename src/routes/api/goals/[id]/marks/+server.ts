import { MarkGoal } from '#server/doors.ts'
import { answered, called } from '#server/http.ts'
import { markGoal } from '#server/marks.ts'
import type { RequestHandler } from './$types'

/** Puts a mark beside a goal (a party, a statement, how the round ended): the goal after it. */
export const POST: RequestHandler = (event) =>
  called(event, MarkGoal, async (asked, account, app) => {
    const goalId = event.params.id
    return answered(await markGoal(app.acts, account, { goalId, ...asked }), event.request)
  })
