/** One's own account: how one signs in, where one is signed in, and changing that. */
import type { Refusal } from '#plan/refusals.ts'
import type { App } from '../app.ts'
import * as accounts from '../db/accounts.ts'
import * as factors from '../db/factors.ts'
import * as sessions from '../db/sessions.ts'
import * as log from '../db/sign-in-log.ts'
import * as tries from '../db/tries.ts'
import { hashPassword, isPassword } from './passwords.ts'
import { mayChange, tell } from './second-factor.ts'
import * as recovery from './recovery.ts'
import type { Cookie, Holder } from './sessions.ts'
import * as totp from './totp.ts'

/** What the page of one's own account shows. */
export async function accountPage(app: App, holder: Holder) {
  const { sql } = app.db
  const open = await sessions.ofAccount(sql, holder.id)
  const kept = await factors.totp(sql, holder.id)
  return {
    name: holder.name,
    email: holder.email,
    step: holder.step,
    mayChange: mayChange(holder),
    hasPassword: (await accounts.byId(sql, holder.id))?.passwordHash != null,
    app: Boolean(kept?.confirmedAt),
    setup: await totp.begun(app, holder.id, holder.email),
    spareLeft: await factors.recoveryLeft(sql, holder.id),
    passkeys: (await factors.passkeys(sql, holder.id)).map(({ id, device, at }) => ({
      id,
      device,
      at: at.toISOString(),
    })),
    failures: (await log.failures(sql, holder.id)).map(({ last, times }) => ({
      last: last.toISOString(),
      times,
    })),
    sessions: open.map(({ id, device, method, at, seenAt }) => ({
      id: handle(id),
      device,
      method,
      at: at.toISOString(),
      seenAt: seenAt.toISOString(),
      here: id === holder.sessionId,
    })),
  }
}

/** What a page calls a session by: enough to tell one's own apart. */
const handle = (sessionId: string) => sessionId.slice(0, 16)

/** Ends one of one's own sessions, or all but this one; their sockets close at once. */
export async function endSessions(app: App, holder: Holder, which: string | null): Promise<void> {
  const { sql } = app.db
  const mine = await sessions.ofAccount(sql, holder.id)
  const ids = mine
    .map(({ id }) => id)
    .filter((id) => (which === null ? id !== holder.sessionId : handle(id) === which))
  for (const only of ids) app.sessionsEnded(await sessions.end(sql, { accountId: holder.id, only }))
}

/** Confirms the code app with a first code: from here it counts. Answers with new recovery codes. */
export async function confirmApp(
  app: App,
  holder: Holder,
  code: string,
): Promise<{ codes: string[]; cookie: Cookie | null } | Refusal> {
  const { sql } = app.db
  if (!mayChange(holder)) return 'second-factor'
  const failed = (result: 'wrong' | 'slowed') =>
    log.add(sql, { accountId: holder.id, way: 'code', result })
  if (!(await tries.allowed(sql, `factor ${holder.id}`, 10, 900))) {
    await failed('slowed')
    return 'too-many-tries'
  }
  const typed = code.replace(/\s/g, '')
  if (!(await totp.isAppCode(app, holder.id, typed, { confirming: true }))) {
    await failed('wrong')
    return 'wrong-code'
  }
  await tell(app, holder.id, 'app')
  return enrolled(app, holder)
}

/** A factor was added: the session counts for more, and there are recovery codes if there were none. */
export async function enrolled(
  app: App,
  holder: Holder,
): Promise<{ codes: string[]; cookie: Cookie | null }> {
  const { sql } = app.db
  const left = await factors.recoveryLeft(sql, holder.id)
  const codes = left > 0 ? [] : await recovery.renew(sql, holder.id)
  return { codes, cookie: await app.sessions.raise(holder, 'substantial') }
}

/** Takes a passkey or the app away. With the last factor the recovery codes go too. */
export async function removeFactor(
  app: App,
  holder: Holder,
  which: { passkey: string } | 'app',
): Promise<Refusal | null> {
  const { sql } = app.db
  if (!mayChange(holder)) return 'second-factor'
  const gone =
    which === 'app'
      ? await factors.removeTotp(sql, holder.id)
      : await factors.removePasskey(sql, holder.id, which.passkey)
  if (!gone) return 'nothing-to-decide'
  await tell(app, holder.id, which === 'app' ? 'app-gone' : 'passkey-gone')
  const kept = await factors.totp(sql, holder.id)
  if (!kept?.confirmedAt && (await factors.passkeys(sql, holder.id)).length === 0)
    await factors.removeRecovery(sql, holder.id)
  return null
}

/** The fewest letters of a password (NIST 800-63B); there is no rule about which. */
export const LEAST = 12

/**
 * Changes the password, or sets a first one. The one there is must be given; every other session
 * ends. Refuses with `wrong-sign-in`, `too-many-tries`, `second-factor`, `unreadable` (too short).
 */
export async function changePassword(
  app: App,
  holder: Holder,
  asked: { current: string; next: string },
): Promise<Refusal | null> {
  const { sql } = app.db
  if (!mayChange(holder)) return 'second-factor'
  if (asked.next.length < LEAST) return 'unreadable'
  const account = await accounts.byId(sql, holder.id)
  if (account?.passwordHash) {
    const failed = (result: 'wrong' | 'slowed') =>
      log.add(sql, { accountId: holder.id, way: 'password', result })
    if (!(await tries.allowed(sql, `password ${holder.id}`, 5, 900))) {
      await failed('slowed')
      return 'too-many-tries'
    }
    if (!(await isPassword(account.passwordHash, asked.current))) {
      await failed('wrong')
      return 'wrong-sign-in'
    }
  }
  await accounts.setPassword(sql, holder.id, await hashPassword(asked.next))
  await endSessions(app, holder, null)
  await tell(app, holder.id, 'password')
  return null
}
