import { error, fail, redirect } from '@sveltejs/kit'
import { isRefusal } from '#plan/refusals.ts'
import { decidedView, tickTopic } from '#server/decided.ts'
import { TickTopic } from '#server/doors-plans.ts'
import { read } from '#server/doors.ts'
import { permissions, readPlan } from '#server/plans.ts'
import { seated } from '#server/seated.ts'
import { sentence, statusOf } from '#server/refusals.ts'
import type { Actions, PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ locals, params }) => {
  if (!locals.account) redirect(303, '/inloggen')
  const { table, account } = locals
  const seat = await seated(table, account, params.id)
  const plan = isRefusal(seat) ? seat : await readPlan(table, account, params.id)
  if (isRefusal(plan) || isRefusal(seat)) {
    const refusal = isRefusal(plan) ? plan : 'no-access'
    error(statusOf(refusal), { message: sentence(refusal), refusal })
  }
  const { topics } = await decidedView(table.db.sql, params.id)
  const mayTick = permissions(seat.circle, seat.me).decideDissent
  return { plan: { id: plan.id, title: plan.title, people: plan.people }, topics, mayTick }
}

export const actions: Actions = {
  default: async ({ request, locals, params }) => {
    if (!locals.account)
      error(401, { message: sentence('not-signed-in'), refusal: 'not-signed-in' })
    const seat = await seated(locals.table, locals.account, params.id)
    if (isRefusal(seat)) error(statusOf(seat), { message: sentence(seat), refusal: seat })
    const form = await request.formData()
    const asked = read(TickTopic, { topic: form.get('topic'), state: form.get('state') })
    const done =
      'faults' in asked
        ? 'unreadable'
        : await tickTopic(locals.table.acts, locals.account, {
            planId: params.id,
            ...asked.value,
          })
    if (isRefusal(done)) return fail(statusOf(done), { message: sentence(done) })
    return { message: '' }
  },
}
