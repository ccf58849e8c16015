import { error, redirect } from '@sveltejs/kit'
import { isRefusal } from '#plan/refusals.ts'
import { decidingPage } from '#server/deciding.ts'
import { sentence, statusOf } from '#server/refusals.ts'
import type { PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ locals, params }) => {
  if (!locals.account) redirect(303, '/inloggen')
  const page = await decidingPage(locals.table, locals.account, params.id)
  if (isRefusal(page)) error(statusOf(page), { message: sentence(page), refusal: page })
  return page
}
