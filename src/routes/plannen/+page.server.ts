import { redirect } from '@sveltejs/kit'
import { dayOf } from '#plan/deadlines.ts'
import { mayImport } from '#server/import/plan.ts'
import { managed } from '#server/organisation.ts'
import { planLines } from '#server/plan-lines.ts'
import { waitingFor } from '#server/seated.ts'
import type { PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ locals }) => {
  if (!locals.account) redirect(303, '/inloggen')
  const today = dayOf(new Date())
  const { name } = locals.account
  const plans = await planLines(locals.table, locals.account, today)
  const mayMake = await mayImport(locals.table.acts, locals.account)
  const organisations = await managed(locals.table, locals.account)
  if (plans.length === 0 && organisations.length > 0) redirect(303, '/organisatie')
  const waiting = await waitingFor(locals.table, locals.account)
  return { account: { name }, today, plans, mayMake, organisations, waiting }
}
