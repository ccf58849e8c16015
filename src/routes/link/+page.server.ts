import { fail } from '@sveltejs/kit'
import { addressAsked, renewFor } from '#server/auth/links.ts'
import { sentence, statusOf } from '#server/refusals.ts'
import type { Actions } from './$types'

export const actions: Actions = {
  /** Mails a new link to who lost theirs. The answer is the same for every address. */
  default: async ({ request, locals, getClientAddress }) => {
    const { table } = locals
    const asked = await addressAsked(table.db.sql, await request.formData(), getClientAddress())
    if (typeof asked === 'string') return fail(statusOf(asked), { message: sentence(asked) })
    // not waited for: the time it takes would tell whether the address is known
    void renewFor(table, asked.email).catch((error) =>
      table.trouble('a link was not mailed', error),
    )
    return { sent: true }
  },
}
