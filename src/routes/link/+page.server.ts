import { fail } from '@sveltejs/kit'
import { mayAskForMail, renewFor } from '#server/auth/links.ts'
import { Address, read } from '#server/doors.ts'
import { sentence, statusOf } from '#server/refusals.ts'
import type { Actions } from './$types'

export const actions: Actions = {
  /** Mails a new link to who lost theirs. The answer is the same for every address. */
  default: async ({ request, locals, getClientAddress }) => {
    const asked = read(Address, { email: (await request.formData()).get('email') })
    const { table } = locals
    const refuse = (refusal: 'unreadable' | 'too-many-tries') =>
      fail(statusOf(refusal), { message: sentence(refusal) })
    if ('faults' in asked) return refuse('unreadable')
    if (!(await mayAskForMail(table.db.sql, getClientAddress()))) return refuse('too-many-tries')
    void renewFor(table, asked.value.email).catch((error) =>
      table.trouble('a link was not mailed', error),
    ) // not waited for: the time it takes would tell whether the address is known
    return { sent: true }
  },
}
