import type { Refusal } from '#plan/refusals.ts'
import * as accounts from '../db/accounts.ts'
import * as log from '../db/sign-in-log.ts'
import type { Sql } from '../db/open.ts'
import type { Attempts } from './attempts.ts'
import { isPassword } from './passwords.ts'
import type { Cookie, Sessions } from './sessions.ts'

type Deps = { sql: Sql; sessions: Sessions; attempts: Attempts }

/**
 * Signs in with an address and a password.
 *
 * Refuses with `wrong-sign-in`, the same whether the account exists or not, and with
 * `too-many-tries` while this account or this address has to wait. Every try leaves a line.
 */
export async function signIn(
  { sql, sessions, attempts }: Deps,
  email: string,
  password: string,
  address: string,
  device = '',
): Promise<Cookie | Refusal> {
  const name = email.trim().toLowerCase()
  const account = await accounts.byEmail(sql, name)
  const keep = (result: log.SignInLine['result']) =>
    log.add(sql, { accountId: account?.id ?? null, way: 'password', result })
  if (attempts.wait(name, address) > 0) {
    await keep('slowed')
    return 'too-many-tries'
  }
  attempts.trying(name, address)
  if (!(await isPassword(account?.passwordHash ?? null, password)) || !account) {
    await keep('wrong')
    return 'wrong-sign-in'
  }
  await keep('in')
  attempts.succeeded(name, address)
  return sessions.start(account.id, 'low', { method: 'password', device })
}
