import { clientPage, clientSays } from '#server/client.ts'
import { ClientSays } from '#server/doors.ts'
import { answered, called, signedIn } from '#server/http.ts'
import type { RequestHandler } from './$types'

/** What is laid before the client; for her, or on a tablet in her hands. */
export const GET: RequestHandler = (event) =>
  signedIn(event, async (account, app) =>
    answered(await clientPage(app, account, event.params.id), event.request),
  )

/** What she says to exactly these words: her pages as they are after it. */
export const POST: RequestHandler = (event) =>
  called(event, ClientSays, async (asked, account, app) => {
    const said = await clientSays(app, account, event.params.id, asked)
    if (typeof said === 'string') return answered(said, event.request)
    return answered(await clientPage(app, account, event.params.id), event.request)
  })
