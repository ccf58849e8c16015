import { invite } from '#server/circle.ts'
import { Invite } from '#server/doors-people.ts'
import { answered, called, signedIn } from '#server/http.ts'
import { seatsPage } from '#server/table-seats.ts'
import type { RequestHandler } from './$types'

/** Who sits at the table, what each may do and see, and until when. */
export const GET: RequestHandler = (event) =>
  signedIn(event, async (account, app) =>
    answered(await seatsPage(app, account, event.params.id), event.request),
  )

/** Gives somebody a seat at the plan, with the client's consent: 201 `{personId}`. */
export const POST: RequestHandler = (event) =>
  called(event, Invite, async (asked, account, app) => {
    const planId = event.params.id
    return answered(await invite(app.acts, account, { planId, ...asked }), event.request, 201)
  })
