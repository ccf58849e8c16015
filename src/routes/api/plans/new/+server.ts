import { isRefusal } from '#plan/refusals.ts'
import { askedIn } from '#lib/plans/templates.ts'
import { NewPlan } from '#server/doors-plans.ts'
import { called, json, refusalOf } from '#server/http.ts'
import { makePlan } from '#server/new-plan.ts'
import type { RequestHandler } from './$types'

/** Makes a plan from a few facts: 201 `{id}`; with a fault nothing is made and each is named at its field. */
export const POST: RequestHandler = (event) =>
  called(event, NewPlan, async (asked, account, app) => {
    const made = await makePlan(app.acts, account, asked, askedIn(asked.template))
    if (isRefusal(made)) return refusalOf(made, event.request)
    if ('faults' in made) return refusalOf('unreadable', event.request, made.faults)
    return json(made, 201)
  })
