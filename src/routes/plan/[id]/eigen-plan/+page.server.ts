import { error, redirect } from '@sveltejs/kit'
import { isRefusal } from '#plan/refusals.ts'
import { ownPlanPage } from '#server/own-plan-page.ts'
import { sentence, statusOf } from '#server/refusals.ts'
import type { PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ locals, params, depends }) => {
  depends('app:plan')
  if (!locals.account) redirect(303, '/inloggen')
  const page = await ownPlanPage(locals.table, locals.account, params.id)
  if (isRefusal(page)) error(statusOf(page), { message: sentence(page), refusal: page })
  return page
}
