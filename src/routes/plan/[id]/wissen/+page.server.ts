import { error, redirect } from '@sveltejs/kit'
import { isRefusal } from '#plan/refusals.ts'
import { sentence, statusOf } from '#server/refusals.ts'
import { erasingPage } from '#server/table-seats.ts'
import type { PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ locals, params }) => {
  if (!locals.account) redirect(303, '/inloggen')
  const page = await erasingPage(locals.table, locals.account, params.id)
  if (isRefusal(page)) error(statusOf(page), { message: sentence(page), refusal: page })
  return page
}
