import { redirect } from '@sveltejs/kit'
import { sentence } from '#server/refusals.ts'
import type { RequestHandler } from './$types'

/** Off to one's organisation, to sign in there. */
export const GET: RequestHandler = async ({ locals, url, cookies }) => {
  const { organisation, sessions } = locals.table
  if (!organisation) return new Response(sentence('unknown-page'), { status: 404 })
  const back = new URL('/inloggen/organisatie/terug', url)
  const left = await organisation.leave(back).catch((error: unknown) => {
    locals.table.trouble('the organisation does not answer', error)
    return null
  })
  if (!left) redirect(303, '/inloggen?organisatie=weg')
  const kept = Buffer.from(JSON.stringify(left.away)).toString('base64url')
  const { name, value, attributes } = sessions.cookie('organisatie', kept, 600)
  cookies.set(name, value, attributes)
  redirect(303, left.to, { external: [left.to.origin] })
}
