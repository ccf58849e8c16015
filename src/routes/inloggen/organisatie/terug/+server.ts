import { redirect } from '@sveltejs/kit'
import { deviceOf } from '#server/auth/device.ts'
import { accountFor, type Away } from '#server/auth/organisation.ts'
import { sentence } from '#server/refusals.ts'
import type { RequestHandler } from './$types'

/** Back from one's organisation. What went wrong is said in a word, and never what was asked. */
export const GET: RequestHandler = async ({ request, locals, url, cookies }) => {
  const { table } = locals
  const { organisation, sessions, db } = table
  if (!organisation) return new Response(sentence('unknown-page'), { status: 404 })
  const away = awayOf(cookies.get('organisatie'))
  cookies.delete('organisatie', { path: '/' })
  if (!away) redirect(303, '/inloggen?organisatie=mislukt')
  const claims = await organisation.arrive(url, away).catch((error: unknown) => {
    table.trouble('somebody did not come back from the organisation', error)
    return null
  })
  if (!claims) redirect(303, '/inloggen?organisatie=mislukt')
  const accountId = await accountFor(db.sql, claims)
  if (!accountId) redirect(303, '/inloggen?organisatie=onbekend')
  const before = await sessions.end(request.headers.get('cookie') ?? '')
  if (before) table.sessionsEnded([before])
  const device = deviceOf(request.headers.get('user-agent'))
  const begun = { method: 'organisation', device } as const
  const { name, value, attributes } = await sessions.start(accountId, claims.assurance, begun)
  cookies.set(name, value, attributes)
  redirect(303, '/plannen')
}

/** What this browser was sent away with; null when it was not. */
function awayOf(kept: string | undefined): Away | null {
  try {
    const { state, nonce, verifier } = JSON.parse(
      Buffer.from(kept ?? '', 'base64url').toString(),
    ) as Record<string, unknown>
    const words = [state, nonce, verifier]
    if (!words.every((word) => typeof word === 'string' && word.length > 20)) return null
    return { state, nonce, verifier } as Away
  } catch {
    return null
  }
}
