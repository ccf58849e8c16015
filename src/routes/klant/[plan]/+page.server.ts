import { error, fail, redirect } from '@sveltejs/kit'
import { isRefusal, type Refusal } from '#plan/refusals.ts'
import { hasPasskey, passkeysWorkAt } from '#server/auth/passkeys.ts'
import { hasAppCode } from '#server/auth/totp.ts'
import { clientPage } from '#server/client.ts'
import { clientPath } from '#server/gate.ts'
import { handOver, takeBack } from '#server/handover.ts'
import { sentence, statusOf } from '#server/refusals.ts'
import type { Actions, PageServerLoad } from './$types'

function stop(refusal: Refusal): never {
  error(statusOf(refusal), { message: sentence(refusal), refusal })
}

/** What a passkey signed, as the form carries it. */
function signed(passkey: string): unknown {
  try {
    return JSON.parse(passkey)
  } catch {
    return null
  }
}

/** The goal something names, if it names one. */
const goalIn = (from: URLSearchParams | FormData): string => {
  const goal = from.get('doel')
  return typeof goal === 'string' && /^[\w-]{1,100}$/.test(goal) ? goal : ''
}

export const load: PageServerLoad = async ({ locals, params, url }) => {
  if (!locals.account) redirect(303, '/inloggen')
  const page = await clientPage(locals.table, locals.account, params.plan)
  if (page === 'not-for-her') redirect(303, `/plan/${params.plan}`)
  if (isRefusal(page)) stop(page)
  const first = goalIn(url.searchParams)
  if (!page.handedOver) return { ...page, first, back: { passkey: false, code: false } }
  const { sql } = locals.table.db
  const passkey = passkeysWorkAt(url) && (await hasPasskey(sql, locals.account))
  return { ...page, first, back: { passkey, code: await hasAppCode(sql, locals.account) } }
}

export const actions: Actions = {
  /** A professional hands the tablet over: from here this session is the client's. */
  geef: async ({ request, locals, params, cookies }) => {
    if (!locals.account) stop('not-signed-in')
    const header = request.headers.get('cookie') ?? ''
    const cookie = await handOver(locals.table, locals.account, params.plan, header)
    if (isRefusal(cookie)) stop(cookie)
    cookies.set(cookie.name, cookie.value, cookie.attributes)
    const goal = goalIn(await request.formData())
    redirect(303, `${clientPath(params.plan)}${goal && `?doel=${goal}`}`)
  },
  /** Who handed it over takes it back, with their own passkey, password or code. */
  terug: async ({ request, locals, params, cookies, url, getClientAddress }) => {
    if (!locals.account) stop('not-signed-in')
    const form = await request.formData()
    const [password, passkey] = ['password', 'passkey'].map((name) => {
      const value = form.get(name)
      return typeof value === 'string' ? value : ''
    })
    const header = request.headers.get('cookie') ?? ''
    const cookie = await takeBack(
      locals.table,
      locals.account,
      passkey ? { passkey: signed(passkey), url } : { password: (password ?? '').slice(0, 1000) },
      getClientAddress(),
      header,
    )
    if (cookie === 'nothing-to-decide') stop(cookie)
    if (isRefusal(cookie))
      return fail(statusOf(cookie), {
        refusal: cookie,
        message: cookie === 'wrong-sign-in' ? '' : sentence(cookie), // no address was asked here
      })
    cookies.set(cookie.name, cookie.value, cookie.attributes)
    const [writes, from] = [goalIn(form), goalIn(url.searchParams)]
    const goal = writes ? `/doel/${writes}/opschrijven` : from && `/doel/${from}`
    redirect(303, `/plan/${params.plan}${goal}`)
  },
}
