import { error, redirect } from '@sveltejs/kit'
import { deviceOf } from '#server/auth/device.ts'
import { demoManagers, demoSeats, takeSeat } from '#server/demo.ts'
import { isPhone } from '#server/home.ts'
import type { Actions, PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ locals }) => ({
  demo: locals.table.config.demo
    ? { plans: await demoSeats(locals.table), managers: await demoManagers(locals.table) }
    : null,
  account: locals.account && { name: locals.account.name },
})

export const actions: Actions = {
  /** Takes a seat in the demo: no password, on the demo database only. */
  sit: async ({ request, locals, cookies }) => {
    const device = deviceOf(request.headers.get('user-agent'))
    const email = (await request.formData()).get('email')
    const taken = await takeSeat(locals.table, email, device)
    if (!taken) error(403, { message: 'no such seat' })
    const { name, value, attributes } = taken.cookie
    cookies.set(name, value, attributes)
    if (!taken.planId) redirect(303, '/organisatie')
    redirect(303, isPhone(request) ? '/thuis' : `/plan/${taken.planId}`)
  },
}
