/** The code app, recovery codes and passkeys: each counts once, and for its owner only. */
import { Secret, TOTP } from 'otpauth'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { confirmApp, removeFactor } from '#server/auth/account.ts'
import * as passkeys from '#server/auth/passkeys.ts'
import { mayChange, prove } from '#server/auth/second-factor.ts'
import * as totp from '#server/auth/totp.ts'
import * as accounts from '#server/db/accounts.ts'
import * as factors from '#server/db/factors.ts'
import * as mail from '#server/db/mail.ts'
import { isRefusal } from '#plan/refusals.ts'
import { table, type Table } from '../../table.ts'

let t: Table
beforeAll(async () => {
  t = await table()
})
afterAll(() => t.close())

async function holder(key: string, method: 'password' | 'link' | 'demo' = 'password') {
  const account = await accounts.byEmail(t.app.db.sql, `${key}@plan-01.example`)
  const { value } = await t.app.sessions.start(account!.id, 'low', { method })
  return (await t.app.holderOf(`session=${value}`))!
}
const appOf = (secret: string) => new TOTP({ secret: Secret.fromBase32(secret.replace(/ /g, '')) })
const at = (minutes: number) => ({ now: minutes * 60_000 })
const codeAt = (app: TOTP, minutes: number) => app.generate({ timestamp: minutes * 60_000 })

describe('a code app', () => {
  test('counts once a first code came in, and each code counts once', async () => {
    const { sql } = t.app.db
    const fatima = await holder('fatima')
    const { secret, svg } = await totp.begin(t.app, fatima.id, fatima.email)
    expect(svg).toContain('<svg')
    const app = appOf(secret)
    expect(await totp.isAppCode(t.app, fatima.id, codeAt(app, 1000), at(1000))).toBe(false)
    const confirming = { ...at(1000), confirming: true }
    expect(await totp.isAppCode(t.app, fatima.id, codeAt(app, 1000), confirming)).toBe(true)
    expect(await totp.isAppCode(t.app, fatima.id, codeAt(app, 1000), at(1000))).toBe(false)
    expect(await totp.isAppCode(t.app, fatima.id, codeAt(app, 1001), at(1001))).toBe(true)
    expect(await totp.isAppCode(t.app, fatima.id, codeAt(app, 1000.5), at(1001))).toBe(false) // older
    expect(await totp.isAppCode(t.app, fatima.id, codeAt(app, 1003), at(1005))).toBe(false) // too old
    const once = await Promise.all(
      Array.from({ length: 8 }, () =>
        totp.isAppCode(t.app, fatima.id, codeAt(app, 1010), at(1010)),
      ),
    )
    expect(once.filter(Boolean)).toHaveLength(1)
    expect(await totp.begun(t.app, fatima.id, fatima.email)).toBeNull() // shown no more
    await totp.begin(t.app, fatima.id, fatima.email)
    const kept = (await factors.totp(sql, fatima.id))!.secret
    expect(kept).not.toContain(secret.replace(/ /g, '')) // sealed in the database
    expect(t.app.safe.open(fatima.id, kept)).toBe(secret.replace(/ /g, ''))
  })

  test('brings recovery codes, each for once and for nobody else; with the last factor they go', async () => {
    const { sql } = t.app.db
    const joost = await holder('joost')
    const { secret } = await totp.begin(t.app, joost.id, joost.email)
    const done = await confirmApp(t.app, joost, appOf(secret).generate())
    if (isRefusal(done)) throw new Error(done)
    expect(done.codes).toHaveLength(10)
    expect(new Set(done.codes).size).toBe(10)
    expect(done.codes.every((code) => /^[a-z2-9]{5}-[a-z2-9]{5}$/.test(code))).toBe(true)
    const [first] = done.codes
    expect(await prove(t.app, await holder('ria'), first!)).toBe('wrong-code')
    const typed = first!.replace('-', ' ').toUpperCase()
    const twice = await Promise.all([prove(t.app, joost, typed), prove(t.app, joost, typed)])
    expect(twice.sort()).toEqual(['substantial', 'wrong-code'])
    expect(await factors.recoveryLeft(sql, joost.id)).toBe(9)
    const told = (await mail.newest(sql)).filter(({ accountId }) => accountId === joost.id)
    expect(told.map(({ facts }) => facts.what).sort()).toEqual(['app', 'recovery'])

    const again = await holder('joost')
    expect(again.step).toBe('second-factor') // the password alone is not enough any more
    expect(await removeFactor(t.app, again, 'app')).toBe('second-factor')
    await t.app.sessions.raise(again, 'substantial')
    expect(await removeFactor(t.app, { ...again, assurance: 'substantial' }, 'app')).toBeNull()
    expect(await factors.recoveryLeft(sql, joost.id)).toBe(0)
    expect((await holder('joost')).step).toBeNull()
  })
})

test('a link alone makes no factor: somebody it was sent on to would make it theirs', async () => {
  expect(mayChange(await holder('marjan', 'link'))).toBe(false)
  expect(mayChange({ ...(await holder('marjan', 'link')), assurance: 'middle' })).toBe(true)
  expect(mayChange(await holder('marjan'))).toBe(true)
})

describe('a passkey', () => {
  const url = new URL('http://localhost:3000/account')

  test('is asked for with a challenge of its own, kept for five minutes', async () => {
    const ria = await holder('ria')
    const one = await passkeys.creation(t.app.db.sql, ria, url)
    const two = await passkeys.creation(t.app.db.sql, ria, url)
    expect(one.challenge).not.toBe(two.challenge)
    expect(one.authenticatorSelection).toMatchObject({ userVerification: 'required' })
    expect(one.rp.id).toBe('localhost')
  })

  test.each([null, {}, { id: 3 }, { id: 'x', response: {} }, 'woord', [], { response: null }])(
    'that is not one (%j) is refused without a fault',
    async (response) => {
      const { sql } = t.app.db
      const ria = await holder('ria')
      expect(await passkeys.signedBy(sql, null, response, url)).toBeNull()
      expect(await passkeys.keep(sql, ria.id, response, url, '')).toBe(false)
    },
  )

  test('is not offered at a bare address', () => {
    expect(passkeys.passkeysWorkAt(new URL('http://127.0.0.1:3000'))).toBe(false)
    expect(passkeys.passkeysWorkAt(new URL('http://[::1]:3000'))).toBe(false)
    expect(passkeys.passkeysWorkAt(new URL('https://tafel.example'))).toBe(true)
  })

  test('a challenge is used once, and by who was asked', async () => {
    const { sql } = t.app.db
    const [ria, marjan] = [await holder('ria'), await holder('marjan')]
    await factors.addChallenge(sql, 'h', ria.id)
    expect(await factors.useChallenge(sql, 'h', marjan.id)).toBe(false)
    expect(await factors.useChallenge(sql, 'h', null)).toBe(false)
    const used = await Promise.all([1, 2, 3].map(() => factors.useChallenge(sql, 'h', ria.id)))
    expect(used.filter(Boolean)).toHaveLength(1)
  })
})
