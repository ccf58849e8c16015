import { MoveCard } from '#server/doors.ts'
import { answered, called } from '#server/http.ts'
import { moveCard } from '#server/zones.ts'
import type { RequestHandler } from './$types'

/** Takes a card, and what corrects it, to another zone: other people see it from then on. */
export const POST: RequestHandler = (event) =>
  called(event, MoveCard, async ({ to }, account, app) => {
    const { id: from, card: cardId } = event.params
    return answered(await moveCard(app.acts, account, { from, to, cardId }), event.request)
  })
