import { changeSeat, endAccess } from '#server/circle.ts'
import { ChangeSeat } from '#server/doors-people.ts'
import { answered, called, signedIn } from '#server/http.ts'
import type { RequestHandler } from './$types'

/** Changes until when somebody has access, or whether the client picked them for her own zone. */
export const PATCH: RequestHandler = (event) =>
  called(event, ChangeSeat, async (asked, account, app) => {
    const { id: planId, person: personId } = event.params
    const of = { planId, personId, ...asked }
    return answered(await changeSeat(app.acts, account, of), event.request)
  })

/** Ends somebody's access: their sockets close, their pages clear. */
export const DELETE: RequestHandler = (event) =>
  signedIn(event, async (account, app) => {
    const { id: planId, person: personId } = event.params
    return answered(await endAccess(app.acts, account, { planId, personId }), event.request)
  })
