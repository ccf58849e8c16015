import { error, redirect } from '@sveltejs/kit'
import { isRefusal } from '#plan/refusals.ts'
import { lookBack } from '#server/look-back.ts'
import { sentence, statusOf } from '#server/refusals.ts'
import type { PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ locals, params, url }) => {
  if (!locals.account) redirect(303, '/inloggen')
  const goalId = url.searchParams.get('doel')
  const page = await lookBack(locals.table, locals.account, params.id, goalId)
  if (isRefusal(page)) error(statusOf(page), { message: sentence(page), refusal: page })
  return page
}
