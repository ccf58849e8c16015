import { redirect } from '@sveltejs/kit'
import type { Handle, HandleServerError, ServerInit } from '@sveltejs/kit/hooks'
import type { Refusal } from '#plan/refusals.ts'
import { gate } from '#server/gate.ts'
import { refusalOf } from '#server/http.ts'
import { openTable, table } from '#server/table.ts'
import { sentence } from '#server/refusals.ts'
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

/** What a page stumbled over is told to who looks after the server, without a word of what people wrote. */
export const handleError: HandleServerError = ({ kind, error }) => {
  if (kind !== 'unknown') return // a refusal, or a page that is not there
  table().trouble('a page failed', error)
  return { message: sentence('try-later') }
}

/** The headers of every answer, of a refusal as of a page. */
function dressed(response: Response, https: boolean): Response {
  const { headers } = response
  for (const [name, value] of Object.entries(HEADERS)) headers.set(name, value)
  // what somebody read does not come back with the back button after they left the table, nor for
  // who uses the device next
  if (!headers.has('cache-control')) headers.set('cache-control', 'no-store')
  if (https) headers.set('strict-transport-security', 'max-age=31536000')
  if (!headers.has('content-security-policy'))
    headers.set('content-security-policy', "default-src 'none'; frame-ancestors 'none'")
  return response
}

/** Who asks, in which language, and how they like to read. */
export const handle: Handle = async ({ event, resolve }) => {
  const app = table()
  const { request } = event
  const https = app.config.origin?.startsWith('https:') === true
  const refuse = (refusal: Refusal) => dressed(refusalOf(refusal, request), https)
  const changes = !['GET', 'HEAD', 'OPTIONS'].includes(request.method)
  if (changes && !app.sameOrigin(headersOf(request))) return refuse('foreign-origin')
  // no id, day or word of ours holds a zero; a database would stumble over it
  if (/%00/.test(event.url.href)) return refuse('unreadable')
  event.locals.table = app
  const holder = await app.holderOf(request.headers.get('cookie') ?? '')
  event.locals.holder = holder
  event.locals.account = holder?.step === null ? holder : null
  const closed = gate(holder, { method: request.method, path: event.url.pathname })
  if (closed === 'refuse') return refuse('handed-over')
  if (closed) redirect(303, closed.to)
  if (event.route.id === null && event.url.pathname.startsWith('/api/'))
    return refuse('unknown-page') // a program asks, and reads no pages
  const response = await paraglideMiddleware(event.request, ({ locale }) =>
    resolve(event, {
      transformPageChunk: ({ html }) =>
        html
          .replace('%lang%', locale)
          .replace('%preferences%', preferenceAttributes(event.cookies.get('look'))),
    }),
  )
  return dressed(response, https)
}
