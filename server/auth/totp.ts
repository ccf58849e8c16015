/** The code app: six figures that change every half minute (RFC 6238), each counting once. */
import { Secret, TOTP } from 'otpauth'
import { renderSVG } from 'uqr'
import * as factors from '../db/factors.ts'
import type { Db } from '../db/open.ts'

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
export async function begin(db: Db, accountId: string, email: string): Promise<Setup> {
  await factors.putTotp(db, accountId, new Secret({ size: 20 }).base32)
  const kept = await factors.totp(db, accountId)
  return setup(kept!.secret, email)
}

/** What was begun and not yet confirmed. */
export async function begun(db: Db, accountId: string, email: string): Promise<Setup | null> {
  const kept = await factors.totp(db, accountId)
  return kept && !kept.confirmedAt ? setup(kept.secret, email) : null
}

/** Whether this is a code of the app, now or half a minute ago, that was not used before. */
export async function isAppCode(
  db: Db,
  accountId: string,
  code: string,
  { confirming = false, now = Date.now() } = {},
): Promise<boolean> {
  const kept = await factors.totp(db, accountId)
  if (!kept || (kept.confirmedAt === null) !== confirming) return false
  const delta = totpOf(kept.secret).validate({ token: code, timestamp: now, window: 1 })
  if (delta === null) return false
  return factors.useStep(db, accountId, Math.floor(now / 1000 / PERIOD) + delta)
}
