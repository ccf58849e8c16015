import { isRefusal } from '#plan/refusals.ts'
import { CreateGoal } from '#server/doors.ts'
import { createGoal } from '#server/goals.ts'
import { called, json, refusalOf } from '#server/http.ts'
import { seated } from '#server/seated.ts'
import type { RequestHandler } from './$types'

/** Makes a goal: `{area, wishes?}` → 201 `{id, documentId}`. */
export const POST: RequestHandler = (event) =>
  called(event, CreateGoal, async (asked, account, app) => {
    const planId = event.params.id
    const seat = await seated(app, account, planId)
    if (isRefusal(seat)) return refusalOf(seat, event.request)
    const goal = await createGoal(app.acts, account, { planId, ...asked })
    if (isRefusal(goal)) return refusalOf(goal, event.request)
    return json({ id: goal.id, documentId: goal.documentId }, 201)
  })
