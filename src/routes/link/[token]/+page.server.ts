import { redirect, type Cookies } from '@sveltejs/kit'
import { enter, open, renew, type LinkView } from '#server/auth/links.ts'
import { tokenOf } from '#server/auth/secrets.ts'
import { clientPath } from '#server/gate.ts'
import { isPhone } from '#server/home.ts'
import type { Actions, PageServerLoad } from './$types'

const deviceOf = (cookies: Cookies) => tokenOf(cookies.get('device'))

/** A personal link as it is opened. Nothing is bound yet: mail programs open links too. */
export const load: PageServerLoad = async ({ locals, params, cookies, url, setHeaders }) => {
  setHeaders({ 'cache-control': 'no-store' })
  const here = locals.holder?.id ?? null
  const view = await open(locals.table, tokenOf(params.token), deviceOf(cookies), here)
  return { view, not: url.searchParams.has('nee') }
}

export const actions: Actions = {
  /** "Ja, dat ben ik": this device it is, and in. */
  enter: async ({ request, locals, params, cookies }) => {
    const agent = request.headers.get('user-agent')
    const token = tokenOf(params.token)
    const here = locals.holder?.id ?? null
    const entered = await enter(locals.table, token, deviceOf(cookies), agent, here)
    if ('state' in entered) return { view: entered as LinkView }
    const before = locals.holder && (await locals.table.sessions.end(cookieOf(request)))
    if (before) locals.table.sessionsEnded([before])
    for (const { name, value, attributes } of entered.cookies) cookies.set(name, value, attributes)
    if (entered.onCard) redirect(303, clientPath(entered.planId))
    redirect(303, isPhone(request) ? '/thuis' : `/plan/${entered.planId}`)
  },
  /** "Wij sturen een nieuwe link": to its owner, whoever asks. */
  renew: async ({ locals, params }) => {
    await renew(locals.table, tokenOf(params.token))
    return { sent: true }
  },
}

const cookieOf = (request: Request) => request.headers.get('cookie') ?? ''
