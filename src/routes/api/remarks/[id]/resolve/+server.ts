import { Nothing } from '#server/doors.ts'
import { answered, called } from '#server/http.ts'
import { resolveRemark } from '#server/remarks.ts'
import type { RequestHandler } from './$types'

/** Says that a remark or question is dealt with: the remark after it. */
export const POST: RequestHandler = (event) =>
  called(event, Nothing, async (_asked, account, app) =>
    answered(await resolveRemark(app.acts, account, event.params.id), event.request),
  )
