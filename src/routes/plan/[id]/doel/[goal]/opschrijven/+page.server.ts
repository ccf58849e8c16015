import { error, redirect } from '@sveltejs/kit'
import { dayOf } from '#plan/deadlines.ts'
import { isRefusal } from '#plan/refusals.ts'
import { whoDecides } from '#server/deciding.ts'
import { goalPage } from '#server/plans.ts'
import { sentence, statusOf } from '#server/refusals.ts'
import type { PageServerLoad } from './$types'

/** Writing down what the client answered: for the care, while her answer is asked. */
export const load: PageServerLoad = async ({ locals, params, depends }) => {
  depends('app:plan')
  if (!locals.account) redirect(303, '/inloggen')
  const page = await goalPage(locals.table, locals.account, params.id, params.goal)
  if (isRefusal(page)) error(statusOf(page), { message: sentence(page), refusal: page })
  const { plan, goal, may, me } = page
  const client = plan.people.find(({ kind }) => kind === 'client')
  const asked = goal.parties.some(({ personId }) => personId === client?.id)
  const isCare = plan.people.find(({ id }) => id === me)?.kind === 'pro' && may.answerForClient
  if (goal.version === null || !asked || !isCare)
    redirect(303, `/plan/${params.id}/doel/${params.goal}`)
  const deciding = await whoDecides(locals.table, locals.account, params.id)
  return {
    page,
    deciding: isRefusal(deciding) ? null : deciding,
    today: dayOf(new Date()),
  }
}
