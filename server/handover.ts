/** A tablet from the hands of a professional into the client's, and back. */
import { isProfessional } from '#plan/people.ts'
import { isRefusal, type Refusal } from '#plan/refusals.ts'
import { decide, seatFor } from './acts.ts'
import type { App } from './app.ts'
import { request, signedBy } from './auth/passkeys.ts'
import { isPassword } from './auth/passwords.ts'
import type { Account, Cookie } from './auth/sessions.ts'
import { isAppCode } from './auth/totp.ts'
import * as accounts from './db/accounts.ts'
import * as events from './db/events.ts'
import * as handovers from './db/handover.ts'
import * as sessions from './db/sessions.ts'
import * as log from './db/sign-in-log.ts'
import { seatOf } from './seats.ts'

/**
 * Gives the tablet to the client.
 *
 * The session of the professional ends, in every tab and every process; the one that begins shows
 * the client's own pages and is refused everywhere else. Refuses with `no-access`.
 */
export async function handOver(
  app: App,
  account: Account,
  planId: string,
  cookies: string,
): Promise<Cookie | Refusal> {
  const seat = await seatFor(app.acts, account, planId, 'answer-for-client')
  if (isRefusal(seat)) return seat
  const { me } = seat
  if (!isProfessional(me)) return 'no-access'
  const cookie = await again(app, account)
  const sessionId = app.sessions.idOf(cookie)
  // Nobody holds the new cookie until the row stands: there is no moment at which it opens more.
  const done = await decide(app.acts, async (tx) => {
    await handovers.add(tx, { sessionId, planId, personId: me.id })
    const body = { to: 'client' }
    await events.add(tx, { planId, kind: 'handed-over', actorId: me.id, goalId: null, body })
    return null
  })
  if (isRefusal(done)) return done
  await app.endSession(cookies)
  return cookie
}

/** What shows that the tablet is back with who handed it over. */
export type Proof =
  { password: string } | { passkey: unknown; /** Where the page stands. */ url: URL }

/** What the browser must sign to take the tablet back. Refuses with `nothing-to-decide`. */
export const takeBackRequest = async (app: App, account: Account, url: URL) =>
  account.handover === null ? 'nothing-to-decide' : request(app.db.sql, account.id, url)

/**
 * Takes the tablet back, with the professional's own passkey, password or a code of their code app:
 * who signs in through the organisation has no password here.
 *
 * Refuses with `wrong-sign-in`, `too-many-tries`, and `nothing-to-decide` where nothing was handed
 * over. Until it is right the tablet stays the client's.
 */
export async function takeBack(
  app: App,
  account: Account,
  proof: Proof,
  address: string,
  cookies: string,
): Promise<Cookie | Refusal> {
  const { handover: planId, email } = account
  if (planId === null) return 'nothing-to-decide'
  const keep = (result: log.SignInLine['result']) =>
    log.add(app.db.sql, { accountId: account.id, way: wayOf(proof), result })
  if (app.attempts.wait(email, address) > 0) {
    await keep('slowed')
    return 'too-many-tries'
  }
  app.attempts.trying(email, address)
  const own = await isTheirs(app, account, proof)
  await keep(own ? 'in' : 'wrong')
  if (!own) return 'wrong-sign-in'
  app.attempts.succeeded(email, address)
  const cookie = await again(app, account)
  const me = seatOf(await app.seats.circle(planId), account.id)
  const done = await decide(app.acts, async (tx) => {
    if (!me) return null // access to the plan ended meanwhile; the session is theirs all the same
    const body = { from: 'client' }
    await events.add(tx, { planId, kind: 'taken-back', actorId: me.id, goalId: null, body })
    return null
  })
  if (isRefusal(done)) return done
  await app.endSession(cookies)
  return cookie
}

async function isTheirs(app: App, { id, email }: Account, proof: Proof): Promise<boolean> {
  const { sql } = app.db
  if ('passkey' in proof) return (await signedBy(sql, id, proof.passkey, proof.url)) === id
  const { password } = proof
  const known = await accounts.byEmail(sql, email)
  if (await isPassword(known?.passwordHash ?? null, password)) return true
  return isCode(password) && isAppCode(app, id, figuresOf(password))
}

const figuresOf = (text: string): string => text.replace(/[\s-]/g, '')
const isCode = (text: string): boolean => /^\d{6}$/.test(figuresOf(text))

function wayOf(proof: Proof): log.SignInLine['way'] {
  if ('passkey' in proof) return 'passkey'
  return isCode(proof.password) ? 'code' : 'password'
}

/** A new session of the same person, as sure and as begun as the one they have. */
async function again(app: App, { id, sessionId, assurance }: Account): Promise<Cookie> {
  const before = await sessions.find(app.db.sql, sessionId)
  return app.sessions.start(id, assurance, { method: before?.method ?? 'password' })
}
