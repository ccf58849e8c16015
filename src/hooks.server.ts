import { redirect } from '@sveltejs/kit'
import type { Handle, ServerInit } from '@sveltejs/kit/hooks'
import { gate } from '#server/gate.ts'
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

/** On every answer: nothing is sniffed, framed, leaked to another site, or used without need. */
const HEADERS = {
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), microphone=(), geolocation=(), payment=()',
}

/** Who asks, in which language, and how they like to read. */
export const handle: Handle = async ({ event, resolve }) => {
  const app = table()
  const { request } = event
  const changes = !['GET', 'HEAD', 'OPTIONS'].includes(request.method)
  if (changes && !app.sameOrigin(headersOf(request))) return refusalOf('foreign-origin', request)
  event.locals.table = app
  const holder = await app.holderOf(request.headers.get('cookie') ?? '')
  event.locals.holder = holder
  event.locals.account = holder?.step === null ? holder : null
  const closed = gate(holder, { method: request.method, path: event.url.pathname })
  if (closed === 'refuse') return refusalOf('handed-over', request)
  if (closed) redirect(303, closed.to)
  const response = await paraglideMiddleware(event.request, ({ locale }) =>
    resolve(event, {
      transformPageChunk: ({ html }) =>
        html
          .replace('%lang%', locale)
          .replace('%preferences%', preferenceAttributes(event.cookies.get('look'))),
    }),
  )
  // What somebody read does not come back with the back button after they left the table.
  if (event.locals.account && !response.headers.has('cache-control'))
    response.headers.set('cache-control', 'no-store')
  for (const [name, value] of Object.entries(HEADERS)) response.headers.set(name, value)
  // what a page shows may not wait in a cache until somebody else uses the device
  if (!response.headers.has('cache-control')) response.headers.set('cache-control', 'no-store')
  if (app.config.origin?.startsWith('https:')) {
    response.headers.set('strict-transport-security', 'max-age=31536000')
  }
  if (!response.headers.has('content-security-policy')) {
    response.headers.set('content-security-policy', "default-src 'none'; frame-ancestors 'none'")
  }
  return response
}
