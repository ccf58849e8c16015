import { redirect } from '@sveltejs/kit'
import { dayOf } from '#plan/deadlines.ts'
import { mayImport } from '#server/import/plan.ts'
import { planLines } from '#server/plan-lines.ts'
import type { PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ locals }) => {
  if (!locals.account) redirect(303, '/inloggen')
  const today = dayOf(new Date())
  const { name } = locals.account
  const plans = await planLines(locals.table, locals.account, today)
  const mayMake = await mayImport(locals.table.acts, locals.account)
  return { account: { name }, today, plans, mayMake }
}
