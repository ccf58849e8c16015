import { redirect } from '@sveltejs/kit'
import { deviceOf } from '#server/auth/device.ts'
import { arrived, type Away } from '#server/auth/organisation.ts'
import { sentence } from '#server/refusals.ts'
import type { RequestHandler } from './$types'

/** Back from one's organisation. What went wrong is said in a word, and never what was asked. */
export const GET: RequestHandler = async ({ request, locals, url, cookies }) => {
  const { table } = locals
  const { organisation, sessions } = table
  if (!organisation) return new Response(sentence('unknown-page'), { status: 404 })
  const away = awayOf(cookies.get('organisatie'))
  cookies.delete('organisatie', { path: '/' })
  const come = await arrived(table, organisation, url, away)
  if (typeof come === 'string') redirect(303, `/inloggen?organisatie=${come}`)
  const before = await sessions.end(request.headers.get('cookie') ?? '')
  if (before) table.sessionsEnded([before])
  const device = deviceOf(request.headers.get('user-agent'))
  const begun = { method: 'organisation', device } as const
  const { name, value, attributes } = await sessions.start(come.accountId, come.assurance, begun)
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
