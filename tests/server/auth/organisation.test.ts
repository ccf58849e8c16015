/** Who an organisation says somebody is: bound once, by what it verified, and to nobody else. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { assuranceFrom } from '#plan/assurance.ts'
import { accountFor, type Claims } from '#server/auth/organisation.ts'
import { readConfig } from '#server/config.ts'
import { table, type Table } from '../../table.ts'

let t: Table
beforeAll(async () => {
  t = await table()
})
afterAll(() => t.close())

const says = (subject: string, more: Partial<Claims> = {}): Claims => ({
  issuer: 'https://login.example',
  subject,
  email: null,
  emailVerified: true,
  assurance: 'low',
  ...more,
})
const known = (claims: Claims) => accountFor(t.app.db.sql, claims)

describe('somebody an organisation knows', () => {
  test('is found by a verified address once, and then by the organisation’s own name for them', async () => {
    const fatima = await t.person('fatima')
    const email = 'Fatima@plan-01.example'
    expect(await known(says('f-1', { email, emailVerified: false }))).toBeNull()
    expect(await known(says('f-1'))).toBeNull()
    const once = await Promise.all([1, 2, 3].map(() => known(says('f-1', { email }))))
    expect(new Set(once)).toEqual(new Set([fatima.account.id]))
    expect(await known(says('f-1', { email: 'anders@login.example' }))).toBe(fatima.account.id)
  })

  test('does not get the seat of who had the address before', async () => {
    const email = 'fatima@plan-01.example'
    expect(await known(says('f-2', { email }))).toBeNull()
    expect(await known(says('f-1', { email, issuer: 'https://other.example' }))).not.toBeNull()
  })

  test('and who has no seat here is nobody', async () => {
    expect(await known(says('x-1', { email: 'iemand@login.example' }))).toBeNull()
  })
})

test.each([
  [{}, 'low'],
  [{ amr: ['pwd'] }, 'low'],
  [{ amr: ['otp', 'hwk'] }, 'low'], // two of one kind
  [{ amr: ['pwd', 'otp'] }, 'substantial'],
  [{ amr: ['face', 'hwk'] }, 'substantial'],
  [{ amr: ['mfa'] }, 'substantial'],
  [{ acr: 'http://eidas.europa.eu/LoA/low' }, 'low'],
  [{ acr: 'http://eidas.europa.eu/LoA/substantial' }, 'substantial'],
  [{ acr: 'http://eidas.europa.eu/LoA/high' }, 'high'],
  [{ acr: 4, amr: 'mfa' }, 'low'],
])('%j is %s', (said, level) => {
  expect(assuranceFrom(said)).toBe(level)
})

test('the settings are whole or refused with a sentence', () => {
  expect(readConfig({}).oidc).toBeNull()
  expect(() => readConfig({ OIDC_ISSUER: 'https://login.example' })).toThrow('OIDC_CLIENT_ID')
  expect(() => readConfig({ OIDC_ISSUER: 'http://login.example', OIDC_CLIENT_ID: 'x' })).toThrow(
    'https://',
  )
  expect(readConfig({ OIDC_ISSUER: 'https://login.example', OIDC_CLIENT_ID: 'x' }).oidc).toEqual({
    issuer: 'https://login.example',
    clientId: 'x',
    clientSecret: null,
    name: '',
  })
})
