import { fail, redirect } from '@sveltejs/kit'
import { isRefusal } from '#plan/refusals.ts'
import { ledBy } from '#server/gathering.ts'
import { sentence, statusOf } from '#server/refusals.ts'
import { admitScreen } from '#server/screens.ts'
import type { Actions, PageServerLoad } from './$types'

/** What the square code on a big screen leads to: letting that screen show the meeting one leads. */
export const load: PageServerLoad = async ({ locals, url }) => {
  if (!locals.account) redirect(303, '/inloggen')
  const code = (url.searchParams.get('code') ?? '').slice(0, 12)
  return { code, meetings: await ledBy(locals.table, locals.account) }
}

export const actions: Actions = {
  default: async ({ locals, request }) => {
    if (!locals.account) return fail(401, { message: sentence('not-signed-in') })
    const form = await request.formData()
    const text = (name: string) => {
      const value = form.get(name)
      return typeof value === 'string' ? value.slice(0, 100) : ''
    }
    const asked = { meetingId: text('meeting'), code: text('code') }
    const view = await admitScreen(locals.table.acts, locals.account, asked)
    if (isRefusal(view)) return fail(statusOf(view), { message: sentence(view) })
    redirect(303, `/plan/${view.planId}/gesprek`)
  },
}
