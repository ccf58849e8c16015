/** An organisation's own sign-in on loopback: a real OpenID provider, where a test says who comes. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import Provider from 'oidc-provider'

/** Who signs in there next, and how surely the organisation says it is them. */
export type Worker = {
  sub: string
  email: string
  verified: boolean
  acr?: string
  amr?: string[]
}

export type Employer = {
  issuer: string
  /** From here on this address may ask who somebody is. */
  serve(redirectUri: string): void
  /** Who is at the screen of the organisation. */
  next: Worker
  close(): Promise<void>
}

export const CLIENT = { OIDC_CLIENT_ID: 'aan-tafel', OIDC_CLIENT_SECRET: 'een-geheim-van-de-test' }

export async function employer(): Promise<Employer> {
  let provider: Provider | null = null
  const people = new Map<string, Worker>()
  const http = createServer((request, response) => {
    if (!provider) return void response.writeHead(503).end()
    if (!request.url?.startsWith('/interaction/'))
      return void provider.callback()(request, response)
    if (request.method !== 'POST') {
      response.setHeader('content-type', 'text/html')
      return void response.end(
        '<!doctype html><title>Werk</title><form method="post"><button>Ik ben het</button></form>',
      )
    }
    const { sub, acr, amr } = made.next
    people.set(sub, made.next)
    const login = { accountId: sub, ...(acr && { acr }), ...(amr && { amr }) }
    void provider.interactionFinished(request, response, { login })
  })
  await new Promise<void>((ready) => http.listen(0, '127.0.0.1', ready))
  const issuer = `http://127.0.0.1:${(http.address() as AddressInfo).port}`
  const made: Employer = {
    issuer,
    next: { sub: '', email: '', verified: true },
    serve(redirectUri) {
      provider = new Provider(issuer, {
        clients: [
          {
            client_id: CLIENT.OIDC_CLIENT_ID,
            client_secret: CLIENT.OIDC_CLIENT_SECRET,
            redirect_uris: [redirectUri],
          },
        ],
        claims: { openid: ['sub', 'acr', 'amr'], email: ['email', 'email_verified'] },
        ttl: { AccessToken: 60, Grant: 60, IdToken: 60, Session: 60, Interaction: 60 },
        cookies: { keys: ['voor de test'] },
        features: { devInteractions: { enabled: false } },
        interactions: { url: (_ctx, { uid }) => `/interaction/${uid}` },
        findAccount: (_ctx, sub) => ({
          accountId: sub,
          claims: () => ({
            sub,
            email: people.get(sub)?.email,
            email_verified: people.get(sub)?.verified,
          }),
        }),
        async loadExistingGrant(ctx) {
          const { clientId } = ctx.oidc.client!
          const grant = new provider!.Grant({ clientId, accountId: ctx.oidc.session!.accountId! })
          grant.addOIDCScope('openid email')
          await grant.save()
          return grant
        },
      })
      provider.on('server_error', (_ctx, error) => console.error(error))
    },
    close: () =>
      new Promise((closed) => {
        http.closeAllConnections()
        http.close(() => closed())
      }),
  }
  return made
}
