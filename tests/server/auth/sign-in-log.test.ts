/** Every try to sign in leaves a line, and tells nobody who has an account. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { signIn } from '#server/auth/sign-in.ts'
import { prove } from '#server/auth/second-factor.ts'
import { accountPage } from '#server/auth/account.ts'
import * as log from '#server/db/sign-in-log.ts'
import { table, type Table } from '../../table.ts'

let here: Table
beforeAll(async () => (here = await table()))
afterAll(() => here.close())

const attempt = (email: string, password: string) => {
  const { db, sessions, attempts } = here.app
  return signIn({ sql: db.sql, sessions, attempts }, email, password, '10.0.0.1')
}
const lines = () =>
  here.app.db.sql<(log.SignInLine & { row: object })[]>`
    select account_id as "accountId", way, result, to_jsonb(sign_in_log) as row
    from sign_in_log order by seq`

test('right, wrong and unknown each leave one line; of the unknown not even the name', async () => {
  const { account } = await here.person('ria')
  expect(await attempt('ria@plan-01.example', 'verkeerd')).toBe('wrong-sign-in')
  expect(await attempt('niemand@nergens.example', 'verkeerd')).toBe('wrong-sign-in')
  expect(typeof (await attempt('ria@plan-01.example', 'aan-tafel'))).toBe('object')
  expect(await lines()).toMatchObject([
    { accountId: account.id, way: 'password', result: 'wrong' },
    { accountId: null, way: 'password', result: 'wrong' },
    { accountId: account.id, way: 'password', result: 'in' },
  ])
  expect(JSON.stringify(await lines())).not.toMatch(/niemand|verkeerd|10\.0\.0\.1/)
})

test('who is slowed, and a wrong code, leave a line as well', async () => {
  for (let n = 0; n < 8; n++) await attempt('marjan@plan-01.example', 'verkeerd')
  const marjan = await here.person('marjan')
  const { id, sessionId } = marjan.account
  expect(await prove(here.app, { id, sessionId }, '000000')).toBe('wrong-code')
  const mine = (await lines()).filter(({ accountId }) => accountId === id)
  expect(mine.map(({ result }) => result)).toContain('slowed')
  expect(mine.at(-1)).toMatchObject({ way: 'code', result: 'wrong' })
  const holder = (await here.app.holderOf(marjan.cookie))!
  const { failures } = await accountPage(here.app, holder)
  expect(failures).toMatchObject([{ times: 9 }]) // a day's tries taken together
})

test('the log cannot be changed, and a young line not taken away', async () => {
  const { sql } = here.app.db
  await expect(sql`update sign_in_log set result = 'in'`).rejects.toThrow('only added to')
  await expect(sql`delete from sign_in_log`).rejects.toThrow('five years')
})
