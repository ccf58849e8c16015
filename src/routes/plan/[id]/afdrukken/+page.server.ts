import { error, redirect } from '@sveltejs/kit'
import { isRefusal } from '#plan/refusals.ts'
import { printPage } from '#server/export/page.ts'
import { localeOf } from '#server/http.ts'
import { sentence, statusOf } from '#server/refusals.ts'
import type { PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ locals, params, url, request, cookies }) => {
  if (!locals.account) redirect(303, '/inloggen')
  const reader = url.searchParams.get('voor') === 'dossier' ? 'record' : 'me'
  const locale = localeOf(request, cookies)
  const page = await printPage(locals.table, locals.account, params.id, { reader, locale })
  if (isRefusal(page)) error(statusOf(page), { message: sentence(page), refusal: page })
  return page
}
