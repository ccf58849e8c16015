import { answered, signedIn } from '#server/http.ts'
import { mailLink, revokeLink } from '#server/links.ts'
import type { RequestHandler } from './$types'

const asked = ({ params }: { params: { id: string; person: string } }) => ({
  planId: params.id,
  personId: params.person,
})

/** Mails somebody at the table a new personal link. */
export const POST: RequestHandler = (event) =>
  signedIn(event, async (account, app) =>
    answered(await mailLink(app.acts, account, asked(event)), event.request),
  )

/** Takes somebody's link back, and signs out who came in by it. */
export const DELETE: RequestHandler = (event) =>
  signedIn(event, async (account, app) =>
    answered(await revokeLink(app.acts, account, asked(event)), event.request),
  )
