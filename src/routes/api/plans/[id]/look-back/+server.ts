import { Nothing } from '#server/doors.ts'
import { answered, called } from '#server/http.ts'
import { lookedBack } from '#server/setting.ts'
import type { RequestHandler } from './$types'

/** Everyone looked back at the whole plan today: 201 `{on}`. */
export const POST: RequestHandler = (event) =>
  called(event, Nothing, async (_, account, app) =>
    answered(await lookedBack(app.acts, account, event.params.id), event.request, 201),
  )
