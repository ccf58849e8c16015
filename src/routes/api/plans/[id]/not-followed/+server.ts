import { NotFollow } from '#server/doors-plans.ts'
import { notFollow } from '#server/decided.ts'
import { answered, called } from '#server/http.ts'
import type { RequestHandler } from './$types'

/** Puts on record that a wish is not followed, on which ground; or with `followed` that it is after all. */
export const POST: RequestHandler = (event) =>
  called(event, NotFollow, async ({ cardId, followed, ...why }, account, app) => {
    const on = { planId: event.params.id, cardId }
    const asked = followed
      ? { ...on, followed: true as const }
      : { ...on, ...why, followed: false as const }
    return answered(await notFollow(app.acts, account, asked), event.request)
  })
