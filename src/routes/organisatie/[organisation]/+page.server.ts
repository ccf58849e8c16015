import { error, redirect } from '@sveltejs/kit'
import { isRefusal } from '#plan/refusals.ts'
import { organisationPage } from '#server/organisation.ts'
import { plansOf } from '#server/seated.ts'
import { sentence, statusOf } from '#server/refusals.ts'
import type { PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ locals, params }) => {
  if (!locals.account) redirect(303, '/inloggen')
  const page = await organisationPage(locals.table, locals.account, params.organisation)
  if (isRefusal(page)) error(statusOf(page), { message: sentence(page), refusal: page })
  const seated = (await plansOf(locals.table, locals.account)).length > 0
  return { ...page, seated }
}
