import { error, redirect } from '@sveltejs/kit'
import { isDay } from '#live/documents.ts'
import { isRefusal } from '#plan/refusals.ts'
import { looksPage } from '#server/looks.ts'
import { sentence, statusOf } from '#server/refusals.ts'
import type { PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ locals, params, url }) => {
  if (!locals.account) redirect(303, '/inloggen')
  const day = (name: string) => {
    const value = url.searchParams.get(name)
    return isDay(value) ? value : null
  }
  const asked = { from: day('van'), to: day('tot') }
  const page = await looksPage(locals.table, locals.account, params.id, asked)
  if (isRefusal(page)) error(statusOf(page), { message: sentence(page), refusal: page })
  return page
}
