import { redirect } from '@sveltejs/kit'
import { planLines } from '#server/plans.ts'
import type { PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ locals }) => {
  if (!locals.account) redirect(303, '/inloggen')
  const { name } = locals.account
  return { account: { name }, plans: await planLines(locals.table, locals.account) }
}
