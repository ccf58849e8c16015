/** What is sealed: nobody without the key reads it, and nobody reads it as another's. */
import { existsSync, readFileSync, statSync } from 'node:fs'
import { expect, test } from 'vitest'
import { otherSecretsOf, Safe, secretOf } from '#server/auth/safe.ts'
import { isAppCode } from '#server/auth/totp.ts'
import { readConfig } from '#server/config.ts'
import * as factors from '#server/db/factors.ts'
import { Secret, TOTP } from 'otpauth'
import { folder } from '../../process.ts'
import { table } from '../../table.ts'

const KEY = 'a key of at least thirty-two characters'

test('what was sealed opens with the same key for the same owner, and in no other way', () => {
  const safe = new Safe(KEY)
  const sealed = safe.seal('fatima', 'JBSWY3DP')
  expect(sealed).not.toContain('JBSWY3DP')
  expect(sealed).not.toBe(safe.seal('fatima', 'JBSWY3DP'))
  expect(safe.open('fatima', sealed)).toBe('JBSWY3DP')
  expect(safe.open('joost', sealed)).toBe(null)
  expect(new Safe(`${KEY}!`).open('fatima', sealed)).toBe(null)
  expect(new Safe(null).open('fatima', sealed)).toBe(null)
  expect(safe.open('fatima', `${sealed.slice(0, -4)}AAAA`)).toBe(null)
})

test('a short key stops the start; the embedded database makes its own, for its owner only', () => {
  expect(() => readConfig({ SECRET_KEY: 'short' })).toThrow('SECRET_KEY')
  const own = folder()
  try {
    const config = { secretKey: null, databaseUrl: null, dataDir: own.path }
    const key = secretOf(config)!
    expect(key.length).toBeGreaterThan(40)
    expect(secretOf(config)).toBe(key)
    expect(existsSync(`${own.path}/secret.key`)).toBe(true)
    expect(readFileSync(`${own.path}/secret.key`, 'utf8')).toBe(key)
    expect(statSync(`${own.path}/secret.key`).mode & 0o077).toBe(0)
  } finally {
    own.remove()
  }
  expect(secretOf({ secretKey: null, databaseUrl: 'postgres://x', dataDir: 'data' })).toBe(null)
})

test('secrets of before there was a key are sealed, and the app goes on working', async () => {
  const t = await table({ SECRET_KEY: KEY })
  try {
    const { sql } = t.app.db
    const { account } = await t.person('fatima')
    const secret = new Secret({ size: 20 })
    await factors.putTotp(sql, account.id, secret.base32)
    expect(await t.app.safe.sealOld(sql)).toEqual({ sealed: 1, lost: 0 })
    expect(await t.app.safe.sealOld(sql)).toEqual({ sealed: 0, lost: 0 })
    expect((await factors.totp(sql, account.id))!.secret).not.toContain(secret.base32)
    const code = new TOTP({ secret }).generate()
    expect(await isAppCode(t.app, account.id, code, { confirming: true })).toBe(true)
  } finally {
    await t.close()
  }
})

const NEXT = 'another key of at least thirty-two characters'

test('an old key needs a new one beside it, and is held to the same length', () => {
  expect(() => readConfig({ SECRET_KEY_OLD: KEY })).toThrow('SECRET_KEY')
  expect(() => readConfig({ SECRET_KEY: KEY, SECRET_KEY_OLD: 'short' })).toThrow('SECRET_KEY_OLD')
  expect(readConfig({ SECRET_KEY: NEXT, SECRET_KEY_OLD: KEY }).secretKeyOld).toBe(KEY)
})

test('a changed key: the code app goes on working, and the old key opens nothing from the first start', async () => {
  const own = folder()
  const secret = new Secret({ size: 20 })
  const code = () => new TOTP({ secret }).generate()
  try {
    const before = await table({ DATA_DIR: own.path, SECRET_KEY: KEY })
    const { id } = (await before.person('fatima')).account
    const { safe, db } = before.app
    await factors.putTotp(db.sql, id, safe.seal(id, secret.base32))
    const kept = (await factors.totp(db.sql, id))!.secret
    await before.close()

    const alone = await table({ DATA_DIR: own.path, SECRET_KEY: NEXT }) // forgot the old one
    expect(await alone.app.safe.sealOld(alone.app.db.sql)).toEqual({ sealed: 0, lost: 1 })
    expect(await isAppCode(alone.app, id, code(), { confirming: true })).toBe(false)
    expect((await factors.totp(alone.app.db.sql, id))!.secret).toBe(kept) // and nothing is gone by that
    await alone.close()

    const both = await table({ DATA_DIR: own.path, SECRET_KEY: NEXT, SECRET_KEY_OLD: KEY })
    const sealed = (await factors.totp(both.app.db.sql, id))!.secret
    expect(new Safe(KEY).open(id, sealed)).toBe(null)
    expect(new Safe(NEXT).open(id, sealed)).toBe(secret.base32)
    expect(await isAppCode(both.app, id, code(), { confirming: true })).toBe(true)
    await both.close()

    const after = await table({ DATA_DIR: own.path, SECRET_KEY: NEXT })
    expect(await after.app.safe.sealOld(after.app.db.sql)).toEqual({ sealed: 0, lost: 0 })
    await after.close()
  } finally {
    own.remove()
  }
})

test('the embedded database’s own key opens as well once a key is set', () => {
  const own = folder()
  try {
    const config = { secretKey: null, secretKeyOld: null, databaseUrl: null, dataDir: own.path }
    const sealed = new Safe(secretOf(config)).seal('fatima', 'JBSWY3DP')
    const set = { ...config, secretKey: NEXT }
    expect(new Safe(secretOf(set), otherSecretsOf(set)).open('fatima', sealed)).toBe('JBSWY3DP')
  } finally {
    own.remove()
  }
})
