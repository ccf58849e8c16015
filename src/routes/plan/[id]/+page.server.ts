import { error, redirect } from '@sveltejs/kit'
import { isRefusal } from '#plan/refusals.ts'
import { planDuties, planPage } from '#server/plans.ts'
import { seesOnlyGoals } from '#server/seated.ts'
import { sentence, statusOf } from '#server/refusals.ts'
import type { PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ locals, params, depends }) => {
  depends('app:plan')
  if (!locals.account) redirect(303, '/inloggen')
  if (await seesOnlyGoals(locals.table, locals.account, params.id))
    redirect(303, `/plan/${params.id}/doelen`)
  const page = await planPage(locals.table, locals.account, params.id)
  if (isRefusal(page)) error(statusOf(page), { message: sentence(page), refusal: page })
  return { ...page, duties: await planDuties(locals.table, locals.account, params.id) }
}
