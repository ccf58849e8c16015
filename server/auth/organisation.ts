/**
 * Signing in through one's own organisation: OpenID Connect, code flow with PKCE. The organisation
 * says who somebody is and how surely; whether they sit at a table is ours to know.
 */
import * as oidc from 'openid-client'
import { assuranceFrom, type Assurance } from '#plan/assurance.ts'
import type { Config } from '../config.ts'
import * as accounts from '../db/accounts.ts'
import * as identities from '../db/identities.ts'
import type { Sql } from '../db/open.ts'
import * as log from '../db/sign-in-log.ts'

type Settings = NonNullable<Config['oidc']>

/** What a browser keeps while its owner is away at the organisation. */
export type Away = { state: string; nonce: string; verifier: string }

/** What the organisation says of somebody. */
export type Claims = {
  issuer: string
  subject: string
  email: string | null
  emailVerified: boolean
  assurance: Assurance
}

export class Organisation {
  readonly name: string
  readonly #settings: Settings
  #known: Promise<oidc.Configuration> | null = null

  constructor(settings: Settings) {
    this.#settings = settings
    this.name = settings.name
  }

  /** Where to send the browser, and what it must keep until it is back. */
  async leave(back: URL): Promise<{ to: URL; away: Away }> {
    const config = await this.#config()
    const away = {
      state: oidc.randomState(),
      nonce: oidc.randomNonce(),
      verifier: oidc.randomPKCECodeVerifier(),
    }
    const to = oidc.buildAuthorizationUrl(config, {
      redirect_uri: back.href,
      scope: 'openid email',
      state: away.state,
      nonce: away.nonce,
      code_challenge: await oidc.calculatePKCECodeChallenge(away.verifier),
      code_challenge_method: 'S256',
    })
    return { to, away }
  }

  /** Who came back. Throws when it does not hold: another state, another nonce, a refusal there. */
  async arrive(at: URL, away: Away): Promise<Claims> {
    const config = await this.#config()
    const tokens = await oidc.authorizationCodeGrant(config, at, {
      pkceCodeVerifier: away.verifier,
      expectedState: away.state,
      expectedNonce: away.nonce,
      idTokenExpected: true,
    })
    const claims = tokens.claims()
    if (!claims) throw new Error('the organisation said nothing of who this is')
    const told =
      claims.email === undefined && config.serverMetadata().userinfo_endpoint
        ? await oidc.fetchUserInfo(config, tokens.access_token, claims.sub)
        : claims
    return {
      issuer: claims.iss,
      subject: claims.sub,
      email: typeof told.email === 'string' ? told.email : null,
      emailVerified: told.email_verified === true,
      assurance: assuranceFrom({ acr: claims.acr, amr: claims.amr }),
    }
  }

  /** What the organisation publishes of itself; asked once, and again after a failure. */
  #config(): Promise<oidc.Configuration> {
    const { issuer, clientId, clientSecret } = this.#settings
    const url = new URL(issuer)
    this.#known ??= oidc
      .discovery(url, clientId, clientSecret ?? undefined, clientSecret ? undefined : oidc.None(), {
        timeout: 10,
        ...(url.protocol === 'http:' && { execute: [oidc.allowInsecureRequests] }), // loopback only
      })
      .catch((error: unknown) => {
        this.#known = null
        throw error
      })
    return this.#known
  }
}

/** What arriving needs of the product. */
type Deps = { db: { sql: Sql }; trouble(what: string, error: unknown): void }

/**
 * Somebody is back from the organisation: whose account that is, or what the page of signing in
 * says, in its own words. Every arrival leaves a line, and none what the organisation said.
 */
export async function arrived(
  { db, trouble }: Deps,
  organisation: Pick<Organisation, 'arrive'>,
  at: URL,
  away: Away | null,
): Promise<{ accountId: string; assurance: Assurance } | 'mislukt' | 'onbekend'> {
  const claims =
    away &&
    (await organisation.arrive(at, away).catch((error: unknown) => {
      trouble('somebody did not come back from the organisation', error)
      return null
    }))
  const accountId = claims && (await accountFor(db.sql, claims))
  await log.add(db.sql, { accountId, way: 'organisation', result: accountId ? 'in' : 'wrong' })
  if (!claims) return 'mislukt'
  return accountId ? { accountId, assurance: claims.assurance } : 'onbekend'
}

/**
 * The account of who the organisation says this is: known by the organisation's own name for them,
 * or the first time by an address it has verified. An address that was bound to somebody before
 * and is given to another later opens nothing.
 */
export async function accountFor(sql: Sql, claims: Claims): Promise<string | null> {
  const { issuer, subject, email, emailVerified } = claims
  const known = await identities.find(sql, issuer, subject)
  if (known) return known
  const account = email && emailVerified ? await accounts.byEmail(sql, email) : undefined
  if (!account) return null
  const bound = await identities.bind(sql, issuer, subject, account.id)
  if (bound) return account.id
  return (await identities.find(sql, issuer, subject)) ?? null // the same person, at the same moment
}
