import { error, redirect } from '@sveltejs/kit'
import { isRefusal } from '#plan/refusals.ts'
import { readPlan } from '#server/plans.ts'
import { sentence, statusOf } from '#server/refusals.ts'
import type { PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ locals, params, depends }) => {
  depends('app:plan')
  if (!locals.account) redirect(303, '/inloggen')
  const plan = await readPlan(locals.table, locals.account, params.id)
  if (isRefusal(plan)) error(statusOf(plan), { message: sentence(plan), refusal: plan })
  const { id, client, goals } = plan
  return {
    plan: { id, callMe: client.callMe },
    goals: goals.flatMap(({ id: goalId, area, state, trialUntil, agreed, words }) => {
      const text = (agreed?.words ?? words).plainText
      return text === '' ? [] : [{ id: goalId, area, state, trialUntil, text }]
    }),
  }
}
