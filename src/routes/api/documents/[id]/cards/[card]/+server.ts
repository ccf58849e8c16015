import { EraseCard } from '#server/doors.ts'
import { eraseCard } from '#server/erasing.ts'
import { answered, called } from '#server/http.ts'
import type { RequestHandler } from './$types'

/** Erases a card for good, at the request of the client or who acts for her. */
export const DELETE: RequestHandler = (event) =>
  called(event, EraseCard, async ({ askedBy }, account, app) => {
    const { id: documentId, card: cardId } = event.params
    const of = { documentId, cardId, askedBy }
    return answered(await eraseCard(app.acts, account, of), event.request)
  })
