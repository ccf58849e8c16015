import type { Handle, ServerInit } from '@sveltejs/kit/hooks'
import { accountOf } from '#server/auth/sessions.ts'
import { refusalOf } from '#server/http.ts'
import { openTable, table } from '#server/app.ts'
import { preferenceAttributes } from '#lib/look/preferences.ts'
import { paraglideMiddleware } from '#lib/paraglide/server.js'

export const init: ServerInit = async () => {
  await openTable()
}

const headersOf = ({ headers }: Request) => ({
  headers: { origin: headers.get('origin') ?? undefined, host: headers.get('host') ?? undefined },
})

/** Who asks, in which language, and how they like to read. */
export const handle: Handle = async ({ event, resolve }) => {
  const app = table()
  const { request } = event
  const changes = !['GET', 'HEAD', 'OPTIONS'].includes(request.method)
  if (changes && !app.sameOrigin(headersOf(request))) return refusalOf('foreign-origin', request)
  event.locals.table = app
  event.locals.account = await accountOf(app, request.headers.get('cookie') ?? '')
  return paraglideMiddleware(event.request, ({ locale }) =>
    resolve(event, {
      transformPageChunk: ({ html }) =>
        html
          .replace('%lang%', locale)
          .replace('%preferences%', preferenceAttributes(event.cookies.get('look'))),
    }),
  )
}
