import { redirect } from '@sveltejs/kit'
import { homePlans } from '#server/home.ts'
import type { PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ locals, depends, isDataRequest }) => {
  depends('app:home')
  if (!locals.account) redirect(303, '/inloggen')
  const plans = await homePlans(locals.table, locals.account)
  // an open page that is read anew stays: words somebody was adding there are not sent away
  if (plans.length === 0 && !isDataRequest) redirect(303, '/plannen')
  return { plans }
}
