import { answered, signedIn } from '#server/http.ts'
import { readGoalView } from '#server/plans.ts'
import type { RequestHandler } from './$types'

/** One goal: its words, parties, answers and what is agreed. */
export const GET: RequestHandler = (event) =>
  signedIn(event, async (account, app) =>
    answered(await readGoalView(app, account, event.params.id), event.request),
  )
