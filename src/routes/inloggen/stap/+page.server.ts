import { fail, redirect } from '@sveltejs/kit'
import { isRefusal } from '#plan/refusals.ts'
import { sendCode } from '#server/auth/codes.ts'
import { prove, waysOf } from '#server/auth/second-factor.ts'
import { Code, read } from '#server/doors.ts'
import { sentence, statusOf } from '#server/refusals.ts'
import type { Actions, PageServerLoad } from './$types'

/** Showing more of who one is: asked for at sign-in, or chosen. */
export const load: PageServerLoad = async ({ locals }) => {
  const { holder, table } = locals
  if (!holder) redirect(303, '/inloggen')
  if (holder.step === 'enrol') redirect(303, '/account')
  if (holder.step === null && holder.assurance !== 'low') redirect(303, '/plannen')
  const ways = await waysOf(table.db.sql, holder)
  if (!Object.values(ways).some(Boolean)) redirect(303, '/account') // none yet: there they are made
  return { ways }
}

/** The same without a script. */
export const actions: Actions = {
  mail: async ({ locals }) => {
    if (!locals.holder) redirect(303, '/inloggen')
    const refusal = await sendCode(locals.table, locals.holder)
    if (refusal) return fail(statusOf(refusal), { message: sentence(refusal) })
    return { mailed: true }
  },
  code: async ({ request, locals, cookies }) => {
    const { holder, table } = locals
    if (!holder) redirect(303, '/inloggen')
    const asked = read(Code, { code: (await request.formData()).get('code') })
    const proved = 'faults' in asked ? 'unreadable' : await prove(table, holder, asked.value.code)
    if (isRefusal(proved)) return fail(statusOf(proved), { message: sentence(proved) })
    const cookie = await table.sessions.raise(holder, proved)
    if (cookie) cookies.set(cookie.name, cookie.value, cookie.attributes)
    redirect(303, '/plannen')
  },
}
