import { error, redirect } from '@sveltejs/kit'
import { isRefusal } from '#plan/refusals.ts'
import { goalProof } from '#server/evidence.ts'
import { goalPage } from '#server/plans.ts'
import { sentence, statusOf } from '#server/refusals.ts'
import type { PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ locals, params }) => {
  if (!locals.account) redirect(303, '/inloggen')
  const page = await goalPage(locals.table, locals.account, params.id, params.goal)
  if (isRefusal(page)) error(statusOf(page), { message: sentence(page), refusal: page })
  const proof = await goalProof(locals.table, locals.account, params.goal)
  if (isRefusal(proof)) error(statusOf(proof), { message: sentence(proof), refusal: proof })
  return { plan: page.plan, proof }
}
