/** "Wachtwoord vergeten": a link by mail, once, within an hour; it tells nobody who has an account. */
import type { App } from '../app.ts'
import type { Refusal } from '#plan/refusals.ts'
import * as accounts from '../db/accounts.ts'
import * as resets from '../db/resets.ts'
import * as sessions from '../db/sessions.ts'
import * as tries from '../db/tries.ts'
import { letter } from '../mail.ts'
import { LEAST } from './account.ts'
import { hashPassword } from './passwords.ts'
import { tell } from './second-factor.ts'
import { hashed, newToken } from './secrets.ts'

/** Mails a link to choose a new password, if there is such an account. */
export async function forgot(app: App, email: string): Promise<void> {
  const { sql } = app.db
  const account = await accounts.byEmail(sql, email)
  if (!account) return
  await sql.begin(async (tx) => {
    if (!(await tries.allowed(tx, `reset ${account.id}`, 3, 3600))) return
    const token = newToken()
    await resets.add(tx, hashed(token), account.id)
    await letter(tx, { to: account.id, kind: 'password-reset', token })
  })
  void app.post.look()
}

/** Whether such a link still works. */
export const isOpen = async (app: App, token: string | undefined): Promise<boolean> =>
  token !== undefined && (await resets.find(app.db.sql, hashed(token))) !== undefined

/**
 * Sets the new password: every session ends, and one signs in with it anew, second factor and all.
 * Refuses with `wrong-code` when the link is used or too old, `unreadable` when it is too short.
 */
export async function reset(
  app: App,
  token: string | undefined,
  password: string,
): Promise<Refusal | null> {
  const { sql } = app.db
  if (password.length < LEAST) return 'unreadable'
  if (!(await isOpen(app, token))) return 'wrong-code'
  const hash = await hashPassword(password)
  const accountId = token && (await resets.use(sql, hashed(token)))
  if (!accountId) return 'wrong-code'
  await accounts.setPassword(sql, accountId, hash)
  app.sessionsEnded(await sessions.end(sql, { accountId }))
  await tell(app, accountId, 'password')
  return null
}
