/** The calls behind a second factor. Each answers with null, or with the sentence that says why not. */
import { startAuthentication, startRegistration } from '@simplewebauthn/browser'
import { m } from '#lib/paraglide/messages.js'

export type Ways = { mail: boolean; app: boolean; passkey: boolean; recovery: boolean }

async function call(
  method: string,
  path: string,
  body: unknown = {},
): Promise<{ ok: boolean; body: unknown }> {
  try {
    const response = await fetch(path, {
      method,
      headers: { 'content-type': 'application/json' },
      ...(method !== 'GET' && { body: JSON.stringify(body) }),
    })
    const text = await response.text()
    return { ok: response.ok, body: text ? (JSON.parse(text) as unknown) : null }
  } catch {
    return { ok: false, body: null }
  }
}

const said = (body: unknown): string =>
  (body as { message?: string } | null)?.message ?? m.signin_failed()

async function done(answer: ReturnType<typeof call>): Promise<string | null> {
  const { ok, body } = await answer
  return ok ? null : said(body)
}

/** Which ways there are for who is signed in. */
export async function waysNow(): Promise<Ways | null> {
  const { ok, body } = await call('GET', '/api/session')
  return ok ? (body as { ways: Ways }).ways : null
}

export const askCode = (): Promise<string | null> => done(call('POST', '/api/session/code'))

export const giveCode = (code: string): Promise<string | null> =>
  done(call('PUT', '/api/session/code', { code: code.trim() }))

/** Signs in with a passkey: as who is signed in already, or as whoever's it is. */
export async function usePasskey(): Promise<string | null> {
  const asked = await call('POST', '/inloggen/passkey')
  if (!asked.ok) return said(asked.body)
  try {
    const optionsJSON = asked.body as Parameters<typeof startAuthentication>[0]['optionsJSON']
    const response = await startAuthentication({ optionsJSON })
    return await done(call('PUT', '/inloggen/passkey', response))
  } catch {
    return m.signin_passkey_failed()
  }
}

/** Lets the passkey of who handed a tablet over sign that it is back; null when it does not. */
export async function signTakeBack(planId: string): Promise<string | null> {
  const asked = await call('POST', `/api/plans/${planId}/client/passkey`)
  if (!asked.ok) return null
  try {
    const optionsJSON = asked.body as Parameters<typeof startAuthentication>[0]['optionsJSON']
    return JSON.stringify(await startAuthentication({ optionsJSON }))
  } catch {
    return null
  }
}

/** Makes a passkey on this device; with the first come recovery codes. */
export async function makePasskey(): Promise<{ message: string } | { codes: string[] }> {
  const asked = await call('POST', '/account/passkey')
  if (!asked.ok) return { message: said(asked.body) }
  try {
    const optionsJSON = asked.body as Parameters<typeof startRegistration>[0]['optionsJSON']
    const response = await startRegistration({ optionsJSON })
    const { ok, body } = await call('PUT', '/account/passkey', response)
    return ok ? (body as { codes: string[] }) : { message: said(body) }
  } catch {
    return { message: m.signin_passkey_failed() }
  }
}
