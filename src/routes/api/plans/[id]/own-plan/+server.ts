import { DecideItem } from '#server/doors-plans.ts'
import { answered, called, signedIn } from '#server/http.ts'
import { ownPlanPage } from '#server/own-plan-page.ts'
import { decideItem } from '#server/own-plan.ts'
import type { RequestHandler } from './$types'

/** What was handed in as a persoonlijk plan, and what became of each item. */
export const GET: RequestHandler = (event) =>
  signedIn(event, async (account, app) =>
    answered(await ownPlanPage(app, account, event.params.id), event.request),
  )

/** Puts on record what became of an item: 201 `{itemId}`. */
export const POST: RequestHandler = (event) =>
  called(event, DecideItem, async (asked, account, app) => {
    const planId = event.params.id
    return answered(await decideItem(app.acts, account, { planId, ...asked }), event.request, 201)
  })
