import { fail, redirect } from '@sveltejs/kit'
import { isRefusal, type Refusal } from '#plan/refusals.ts'
import {
  accountPage,
  changePassword,
  confirmApp,
  endSessions,
  removeFactor,
} from '#server/auth/account.ts'
import { passkeysWorkAt } from '#server/auth/passkeys.ts'
import * as recovery from '#server/auth/recovery.ts'
import { mayChange } from '#server/auth/second-factor.ts'
import type { Holder } from '#server/auth/sessions.ts'
import * as totp from '#server/auth/totp.ts'
import { Code, Password, read } from '#server/doors.ts'
import { sentence, statusOf } from '#server/refusals.ts'
import type { Actions, PageServerLoad } from './$types'

/** Whoever must still show a factor they have does not get here; who has none yet does. */
function own({ locals }: { locals: App.Locals }): Holder {
  const { holder } = locals
  if (!holder) redirect(303, '/inloggen')
  if (holder.step === 'second-factor') redirect(303, '/inloggen/stap')
  return holder
}

export const load: PageServerLoad = async (event) => {
  event.setHeaders({ 'cache-control': 'no-store' })
  const page = await accountPage(event.locals.table, own(event))
  return { ...page, passkeysHere: passkeysWorkAt(event.url) }
}

const refuse = (part: string, refusal: Refusal) =>
  fail(statusOf(refusal), { part, message: sentence(refusal) })

export const actions: Actions = {
  begin: async (event) => {
    const holder = own(event)
    if (!mayChange(holder)) return refuse('app', 'second-factor')
    await totp.begin(event.locals.table, holder.id, holder.email)
    return { part: 'app' }
  },
  confirm: async (event) => {
    const holder = own(event)
    const asked = read(Code, { code: (await event.request.formData()).get('code') })
    if ('faults' in asked) return refuse('app', 'unreadable')
    const done = await confirmApp(event.locals.table, holder, asked.value.code)
    if (isRefusal(done)) return refuse('app', done)
    const { cookie, codes } = done
    if (cookie) event.cookies.set(cookie.name, cookie.value, cookie.attributes)
    return { part: 'app', codes }
  },
  spare: async (event) => {
    const holder = own(event)
    if (!mayChange(holder) || !holder.enrolled) return refuse('spare', 'second-factor')
    return { part: 'spare', codes: await recovery.renew(event.locals.table.db.sql, holder.id) }
  },
  remove: async (event) => {
    const holder = own(event)
    const passkey = (await event.request.formData()).get('passkey')
    const which = typeof passkey === 'string' ? { passkey } : ('app' as const)
    const refusal = await removeFactor(event.locals.table, holder, which)
    return refusal ? refuse('app', refusal) : { part: 'app' }
  },
  password: async (event) => {
    const holder = own(event)
    const form = await event.request.formData()
    const asked = read(Password, { current: form.get('current') ?? '', next: form.get('next') })
    if ('faults' in asked) return refuse('password', 'unreadable')
    const refusal = await changePassword(event.locals.table, holder, asked.value)
    return refusal ? refuse('password', refusal) : { part: 'password', changed: true }
  },
  end: async (event) => {
    const holder = own(event)
    const which = (await event.request.formData()).get('session')
    await endSessions(event.locals.table, holder, typeof which === 'string' ? which : null)
    return { part: 'sessions' }
  },
}
