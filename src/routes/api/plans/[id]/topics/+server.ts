import { TickTopic } from '#server/doors-plans.ts'
import { tickTopic } from '#server/decided.ts'
import { answered, called } from '#server/http.ts'
import type { RequestHandler } from './$types'

/** Says where one of the nine topics of the law stands. */
export const POST: RequestHandler = (event) =>
  called(event, TickTopic, async (asked, account, app) =>
    answered(
      await tickTopic(app.acts, account, { planId: event.params.id, ...asked }),
      event.request,
    ),
  )
