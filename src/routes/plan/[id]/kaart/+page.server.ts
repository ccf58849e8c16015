import { error, fail, redirect } from '@sveltejs/kit'
import { isRefusal, type Refusal } from '#plan/refusals.ts'
import { cardPage, makeCard, revokeLink } from '#server/links.ts'
import { sentence, statusOf } from '#server/refusals.ts'
import type { Actions, PageServerLoad } from './$types'

function stop(refusal: Refusal): never {
  error(statusOf(refusal), { message: sentence(refusal), refusal })
}

export const load: PageServerLoad = async ({ locals, params }) => {
  if (!locals.account) redirect(303, '/inloggen')
  const page = await cardPage(locals.table, locals.account, params.id)
  if (isRefusal(page)) stop(page)
  return page
}

export const actions: Actions = {
  /** A new card; the one before opens nothing any more. What is on it can be seen this once. */
  maak: async ({ locals, params }) => {
    if (!locals.account) stop('not-signed-in')
    const made = await makeCard(locals.table.acts, locals.account, params.id)
    if (made === 'no-access') stop(made)
    if (isRefusal(made)) return fail(statusOf(made), { message: sentence(made) })
    return made
  },
  /** The card is taken back, and who came in by it is out. */
  stop: async ({ locals, params }) => {
    if (!locals.account) stop('not-signed-in')
    const page = await cardPage(locals.table, locals.account, params.id)
    if (isRefusal(page)) stop(page)
    const asked = { planId: params.id, personId: page.client }
    const ended = await revokeLink(locals.table.acts, locals.account, asked, 'card')
    if (isRefusal(ended)) return fail(statusOf(ended), { message: sentence(ended) })
    return { stopped: true }
  },
}
