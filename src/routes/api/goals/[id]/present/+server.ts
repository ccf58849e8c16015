import { isRefusal } from '#plan/refusals.ts'
import { Present } from '#server/doors.ts'
import { presentGoal } from '#server/goals.ts'
import { called, json, refusalOf } from '#server/http.ts'
import type { RequestHandler } from './$types'

/** Lays the words before people: `{parties?}` → `{version, hash, words, parties}`. */
export const POST: RequestHandler = (event) =>
  called(event, Present, async ({ parties, heard, informed, topic, ...asked }, account, app) => {
    const goal = await presentGoal(app.acts, account, {
      goalId: event.params.id,
      ...asked,
      ...(parties && { parties }),
      ...(heard && { heard }),
      ...(informed && { informed }),
      ...(topic && { topic }),
    })
    if (isRefusal(goal)) return refusalOf(goal, event.request)
    const { version, hash, words, parties: people } = goal
    return json({ version, hash, words, parties: people })
  })
