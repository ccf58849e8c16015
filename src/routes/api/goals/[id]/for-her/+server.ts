import { AskForHer } from '#server/doors.ts'
import { askForHer } from '#server/for-her.ts'
import { answered, called } from '#server/http.ts'
import type { RequestHandler } from './$types'

/** Asks who comes first to answer for the client: the goal as it is after it. */
export const POST: RequestHandler = (event) =>
  called(event, AskForHer, async (asked, account, app) => {
    const goalId = event.params.id
    return answered(await askForHer(app.acts, account, { goalId, ...asked }), event.request)
  })
