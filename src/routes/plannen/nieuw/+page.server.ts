import { error, fail, redirect } from '@sveltejs/kit'
import { dayOf } from '#plan/deadlines.ts'
import { isRefusal } from '#plan/refusals.ts'
import { askedIn } from '#lib/plans/templates.ts'
import { fieldsOf } from '#lib/plans/form.ts'
import { NewPlan } from '#server/doors-plans.ts'
import { read } from '#server/doors.ts'
import { mayImport } from '#server/import/plan.ts'
import { makePlan } from '#server/new-plan.ts'
import { sentence, statusOf } from '#server/refusals.ts'
import type { Actions, PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ locals }) => {
  if (!locals.account) redirect(303, '/inloggen')
  if (!(await mayImport(locals.table.acts, locals.account)))
    error(403, { message: sentence('no-access'), refusal: 'no-access' })
  return { today: dayOf(new Date()), name: locals.account.name }
}

export const actions: Actions = {
  default: async ({ request, locals }) => {
    if (!locals.account)
      error(401, { message: sentence('not-signed-in'), refusal: 'not-signed-in' })
    const { acts } = locals.table
    if (!(await mayImport(acts, locals.account)))
      error(403, { message: sentence('no-access'), refusal: 'no-access' })
    const { asked, kept } = fieldsOf(await request.formData())
    const found = read(NewPlan, asked)
    if ('faults' in found) return fail(400, { kept, faults: found.faults, message: '' })
    const made = await makePlan(acts, locals.account, found.value, askedIn(found.value.template))
    if (isRefusal(made)) return fail(statusOf(made), { kept, faults: [], message: sentence(made) })
    if ('faults' in made) return fail(400, { kept, faults: made.faults, message: '' })
    redirect(303, `/plan/${made.id}`)
  },
}
