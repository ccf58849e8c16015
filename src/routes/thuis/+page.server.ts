import { redirect } from '@sveltejs/kit'
import { homePlans } from '#server/home.ts'
import type { PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ locals, depends }) => {
  depends('app:home')
  if (!locals.account) redirect(303, '/inloggen')
  const plans = await homePlans(locals.table, locals.account)
  if (plans.length === 0) redirect(303, '/plannen')
  return { plans }
}
