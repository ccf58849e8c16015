import { redirect } from '@sveltejs/kit'
import { managed } from '#server/organisation.ts'
import type { PageServerLoad } from './$types'

/** To the one organisation somebody looks after; else a choice of them. */
export const load: PageServerLoad = async ({ locals }) => {
  if (!locals.account) redirect(303, '/inloggen')
  const organisations = await managed(locals.table, locals.account)
  const [only] = organisations
  if (only && organisations.length === 1) redirect(303, `/organisatie/${only.id}`)
  return { organisations }
}
