import { request, signedBy } from '#server/auth/passkeys.ts'
import { deviceOf } from '#server/auth/device.ts'
import { bodyOf, json, refusalOf } from '#server/http.ts'
import * as log from '#server/db/sign-in-log.ts'
import type { RequestHandler } from './$types'

/** What the browser must sign: by a passkey of who is signed in, or of whoever is there. */
export const POST: RequestHandler = async ({ locals, url }) =>
  json(await request(locals.table.db.sql, locals.holder?.id ?? null, url))

/** A passkey signed: its owner is signed in, with two factors in one. */
export const PUT: RequestHandler = async ({ request, locals, url }) => {
  const { table, holder } = locals
  const owner = await signedBy(table.db.sql, holder?.id ?? null, await bodyOf(request), url)
  const line = { accountId: owner ?? holder?.id ?? null, way: 'passkey' } as const
  await log.add(table.db.sql, { ...line, result: owner ? 'in' : 'wrong' })
  if (!owner) return refusalOf('wrong-code', request)
  const device = deviceOf(request.headers.get('user-agent'))
  const cookie = holder
    ? await table.sessions.raise(holder, 'substantial')
    : await table.sessions.start(owner, 'substantial', { method: 'passkey', device })
  const headers = cookie ? { 'set-cookie': cookie.header } : undefined
  return new Response(null, { status: 204, ...(headers && { headers }) })
}
