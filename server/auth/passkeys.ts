/** Passkeys: a key on one's own device, opened with a finger, a face or its code. Two factors in one. */
import {
  generateAuthenticationOptions,
  generateRegistrationOptions,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
  type AuthenticationResponseJSON,
  type AuthenticatorTransport,
  type PublicKeyCredentialCreationOptionsJSON,
  type PublicKeyCredentialRequestOptionsJSON,
  type RegistrationResponseJSON,
} from '@simplewebauthn/server'
import { isIP } from 'node:net'
import * as factors from '../db/factors.ts'
import type { Sql } from '../db/open.ts'
import { hashed } from './secrets.ts'
import type { Account } from './sessions.ts'

/** Where the page stands: a passkey belongs to one host, and there is none for a bare address. */
export const passkeysWorkAt = (url: URL): boolean => isIP(url.hostname.replace(/[[\]]/g, '')) === 0

/** Whether somebody made a passkey. */
export const hasPasskey = async (sql: Sql, { id }: Pick<Account, 'id'>): Promise<boolean> =>
  (await factors.passkeys(sql, id)).length > 0

const transports = (row: { transports: string[] }) => row.transports as AuthenticatorTransport[]

/** What a browser needs to make a passkey for this account. */
export async function creation(
  sql: Sql,
  account: Pick<Account, 'id' | 'email' | 'name'>,
  url: URL,
): Promise<PublicKeyCredentialCreationOptionsJSON> {
  const known = await factors.passkeys(sql, account.id)
  const options = await generateRegistrationOptions({
    rpName: 'Aan tafel',
    rpID: url.hostname,
    userID: new TextEncoder().encode(account.id),
    userName: account.email,
    userDisplayName: account.name,
    attestationType: 'none',
    excludeCredentials: known.map((row) => ({ id: row.id, transports: transports(row) })),
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
  })
  await factors.addChallenge(sql, hashed(options.challenge), account.id)
  return options
}

/** Keeps the passkey a browser made; false when it does not hold. */
export async function keep(
  sql: Sql,
  accountId: string,
  response: unknown,
  url: URL,
  device: string,
): Promise<boolean> {
  const verified = await verifyRegistrationResponse({
    response: response as RegistrationResponseJSON, // read strictly by what verifies it
    expectedChallenge: (challenge) => factors.useChallenge(sql, hashed(challenge), accountId),
    expectedOrigin: url.origin,
    expectedRPID: url.hostname,
    requireUserVerification: true,
  }).catch(() => null)
  if (!verified?.verified) return false
  const { id, publicKey, counter, transports = [] } = verified.registrationInfo.credential
  return factors.addPasskey(sql, { id, accountId, publicKey, counter, transports, device })
}

/** What a browser needs to sign in with a passkey: of this account, or of whoever is there. */
export async function request(
  sql: Sql,
  accountId: string | null,
  url: URL,
): Promise<PublicKeyCredentialRequestOptionsJSON> {
  const known = accountId ? await factors.passkeys(sql, accountId) : []
  const options = await generateAuthenticationOptions({
    rpID: url.hostname,
    userVerification: 'required',
    allowCredentials: known.map((row) => ({ id: row.id, transports: transports(row) })),
  })
  await factors.addChallenge(sql, hashed(options.challenge), accountId)
  return options
}

/** Whose passkey signed; null when it does not hold. `accountId`: it must be theirs. */
export async function signedBy(
  sql: Sql,
  accountId: string | null,
  response: unknown,
  url: URL,
): Promise<string | null> {
  const id = (response as { id?: unknown } | null)?.id
  const key = typeof id === 'string' ? await factors.findPasskey(sql, id) : undefined
  if (!key || (accountId !== null && key.accountId !== accountId)) return null
  const verified = await verifyAuthenticationResponse({
    response: response as AuthenticationResponseJSON,
    expectedChallenge: (challenge) => factors.useChallenge(sql, hashed(challenge), accountId),
    expectedOrigin: url.origin,
    expectedRPID: url.hostname,
    credential: { ...key, publicKey: new Uint8Array(key.publicKey), transports: transports(key) },
    requireUserVerification: true,
  }).catch(() => null)
  if (!verified?.verified) return null
  await factors.usedPasskey(sql, key.id, verified.authenticationInfo.newCounter)
  return key.accountId
}
