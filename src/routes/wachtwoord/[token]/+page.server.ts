import { fail } from '@sveltejs/kit'
import { isOpen, reset } from '#server/auth/reset.ts'
import { tokenOf } from '#server/auth/secrets.ts'
import { Password, read } from '#server/doors.ts'
import { sentence, statusOf } from '#server/refusals.ts'
import type { Actions, PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ locals, params, setHeaders }) => {
  setHeaders({ 'cache-control': 'no-store' })
  return { open: await isOpen(locals.table, tokenOf(params.token)) }
}

export const actions: Actions = {
  default: async ({ request, locals, params }) => {
    const asked = read(Password, { next: (await request.formData()).get('next') })
    const refusal =
      'faults' in asked
        ? 'unreadable'
        : await reset(locals.table, tokenOf(params.token), asked.value.next)
    return refusal ? fail(statusOf(refusal), { message: sentence(refusal) }) : { changed: true }
  },
}
