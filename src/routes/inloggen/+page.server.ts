import { fail, redirect } from '@sveltejs/kit'
import { passkeysWorkAt } from '#server/auth/passkeys.ts'
import { deviceOf } from '#server/auth/device.ts'
import { signIn } from '#server/auth/sign-in.ts'
import { read, SignIn } from '#server/doors.ts'
import { homeOf, isPhone } from '#server/home.ts'
import { sentence, statusOf } from '#server/refusals.ts'
import type { Actions, PageServerLoad } from './$types'

export const load: PageServerLoad = ({ locals, url }) => {
  const { holder } = locals
  if (holder?.step === 'second-factor') redirect(303, '/inloggen/stap')
  if (holder) redirect(303, holder.step ? '/account' : (homeOf(holder) ?? '/plannen'))
  const { organisation } = locals.table
  return {
    passkeysHere: passkeysWorkAt(url),
    organisation: organisation && { name: organisation.name },
    came: url.searchParams.get('organisatie'),
  }
}

export const actions: Actions = {
  default: async ({ request, locals, cookies, getClientAddress }) => {
    const form = await request.formData()
    const asked = read(SignIn, { email: form.get('email'), password: form.get('password') })
    const refuse = (refusal: Parameters<typeof sentence>[0]) =>
      fail(statusOf(refusal), { refusal, message: sentence(refusal) })
    if ('faults' in asked) return refuse('unreadable')
    const { table } = locals
    const deps = { sql: table.db.sql, sessions: table.sessions, attempts: table.attempts }
    const { email, password } = asked.value
    const device = deviceOf(request.headers.get('user-agent'))
    const cookie = await signIn(deps, email, password, getClientAddress(), device)
    if (typeof cookie === 'string') return refuse(cookie)
    cookies.set(cookie.name, cookie.value, cookie.attributes)
    redirect(303, isPhone(request) ? '/thuis' : '/plannen')
  },
}
