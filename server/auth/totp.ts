/** The code app: six figures that change every half minute (RFC 6238), each counting once. */
import { Secret, TOTP } from 'otpauth'
import { renderSVG } from 'uqr'
import * as factors from '../db/factors.ts'
import type { Sql } from '../db/open.ts'
import type { Safe } from './safe.ts'

/** Where secrets are kept, and what they are sealed with. */
type Kept = { db: { sql: Sql }; safe: Safe }

const PERIOD = 30
const totpOf = (secret: string, label = '') =>
  new TOTP({
    issuer: 'Aan tafel',
    label,
    period: PERIOD,
    digits: 6,
    secret: Secret.fromBase32(secret),
  })

/** What somebody needs to set up their app: a picture to scan, and the same in letters. */
export type Setup = { svg: string; secret: string }

const setup = (secret: string, email: string): Setup => ({
  svg: renderSVG(totpOf(secret, email).toString(), { border: 2 }),
  secret: secret.replace(/(.{4})(?=.)/g, '$1 '),
})

/** Begins setting it up; it counts once a first code came in. */
export async function begin({ db, safe }: Kept, accountId: string, email: string): Promise<Setup> {
  const fresh = safe.seal(accountId, new Secret({ size: 20 }).base32)
  await factors.putTotp(db.sql, accountId, fresh)
  const kept = await factors.totp(db.sql, accountId)
  return setup(safe.open(accountId, kept!.secret) ?? '', email)
}

/** What was begun and not yet confirmed. */
export async function begun(
  { db, safe }: Kept,
  accountId: string,
  email: string,
): Promise<Setup | null> {
  const kept = await factors.totp(db.sql, accountId)
  const secret = kept && !kept.confirmedAt ? safe.open(accountId, kept.secret) : null
  return secret === null ? null : setup(secret, email)
}

/** Whether somebody's code app is set up. */
export const hasAppCode = async (sql: Sql, { id }: { id: string }): Promise<boolean> =>
  ((await factors.totp(sql, id))?.confirmedAt ?? null) !== null

/** Whether this is a code of the app, now or half a minute ago, that was not used before. */
export async function isAppCode(
  { db, safe }: Kept,
  accountId: string,
  code: string,
  { confirming = false, now = Date.now() } = {},
): Promise<boolean> {
  const kept = await factors.totp(db.sql, accountId)
  if (!kept || (kept.confirmedAt === null) !== confirming) return false
  const secret = safe.open(accountId, kept.secret)
  if (secret === null) return false
  const delta = totpOf(secret).validate({ token: code, timestamp: now, window: 1 })
  if (delta === null) return false
  return factors.useStep(db.sql, accountId, Math.floor(now / 1000 / PERIOD) + delta)
}
