import { Propose } from '#server/doors.ts'
import { answered, called, signedIn } from '#server/http.ts'
import { keptBy, propose } from '#server/proposals.ts'
import type { RequestHandler } from './$types'

/** The words one keeps for oneself. */
export const GET: RequestHandler = (event) =>
  signedIn(event, async (account, app) =>
    answered(await keptBy(app.acts, account, event.params.id), event.request),
  )

/** Sends words as a proposal, or keeps them: `{words, send}` → 201 the goal. */
export const POST: RequestHandler = (event) =>
  called(event, Propose, async (asked, account, app) => {
    const goalId = event.params.id
    return answered(await propose(app.acts, account, { goalId, ...asked }), event.request, 201)
  })
