import { Nothing } from '#server/doors.ts'
import { ownDraft } from '#server/drafts.ts'
import { answered, called } from '#server/http.ts'
import type { RequestHandler } from './$types'

/** One's own draft, made at its first use: 201 `{documentId}`. */
export const POST: RequestHandler = (event) =>
  called(event, Nothing, async (_asked, account, app) =>
    answered(await ownDraft(app.acts, account, event.params.id), event.request, 201),
  )
