import { isRefusal } from '#plan/refusals.ts'
import { Revise } from '#server/doors.ts'
import { reviseGoal } from '#server/goals.ts'
import { called, json, refusalOf } from '#server/http.ts'
import type { RequestHandler } from './$types'

/** Writes on, or opens an agreed goal again: 201 `{round, documentId}`. */
export const POST: RequestHandler = (event) =>
  called(event, Revise, async ({ proposal }, account, app) => {
    const goal = await reviseGoal(app.acts, account, event.params.id, proposal)
    if (isRefusal(goal)) return refusalOf(goal, event.request)
    return json({ round: goal.round, documentId: goal.documentId }, 201)
  })
