import { invite } from '#server/circle.ts'
import { Invite } from '#server/doors.ts'
import { answered, called } from '#server/http.ts'
import type { RequestHandler } from './$types'

/** Gives somebody a seat at the plan, with the client's consent: 201 `{personId}`. */
export const POST: RequestHandler = (event) =>
  called(event, Invite, async (asked, account, app) => {
    const planId = event.params.id
    return answered(await invite(app.acts, account, { planId, ...asked }), event.request, 201)
  })
