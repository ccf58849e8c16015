import { refusalOf } from '#server/http.ts'
import { metrics } from '#server/metrics.ts'
import type { RequestHandler } from './$types'

/** Prometheus, for who asks from this machine, or with the token of `METRICS_TOKEN`. */
export const GET: RequestHandler = async ({ request, locals, getClientAddress }) => {
  const address = getClientAddress()
  const local = ['127.0.0.1', '::1', '::ffff:127.0.0.1'].includes(address)
  const { metricsToken } = locals.table.config
  const token = request.headers.get('authorization') === `Bearer ${metricsToken}`
  const allowed = metricsToken === null ? local : token
  if (!allowed) return refusalOf('unknown-page', request)
  return new Response(await metrics(locals.table), { headers: { 'content-type': 'text/plain' } })
}
