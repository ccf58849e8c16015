import { answerGoal } from '#server/agreement.ts'
import { Answer } from '#server/doors.ts'
import { answered, called } from '#server/http.ts'
import type { RequestHandler } from './$types'

/** Records an answer to exactly these words: the goal as it is after it. */
export const POST: RequestHandler = (event) =>
  called(event, Answer, async (asked, account, app) => {
    const goalId = event.params.id
    return answered(await answerGoal(app.acts, account, { goalId, ...asked }), event.request)
  })
