/** Every try to sign in leaves a line, and tells nobody who has an account. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { signIn } from '#server/auth/sign-in.ts'
import { prove } from '#server/auth/second-factor.ts'
import { accountPage, changePassword, confirmApp } from '#server/auth/account.ts'
import { enter, open, sendLink } from '#server/auth/links.ts'
import { arrived, type Away, type Claims } from '#server/auth/organisation.ts'
import { handOver, takeBack } from '#server/handover.ts'
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

/** What was added by what somebody did. */
async function added(doing: () => Promise<unknown>) {
  const before = (await lines()).length
  await doing()
  return (await lines()).slice(before).map(({ accountId, way, result }) => [accountId, way, result])
}

test('coming back from one’s organisation leaves a line: let in, unknown there, or not at all', async () => {
  const { account } = await here.person('fatima')
  const away = { state: 's', nonce: 'n', verifier: 'v' }
  const claims = { issuer: 'https://login.example', emailVerified: true, assurance: 'low' as const }
  const back = (arrive: () => Promise<Claims>, kept: Away | null = away) =>
    arrived(
      { ...here.app, trouble: () => {} },
      { arrive },
      new URL('http://here.example/terug?code=een-geheime-code'),
      kept,
    )
  const fatima = { ...claims, subject: 'f', email: 'fatima@plan-01.example' }
  const nobody = { ...claims, subject: 'x', email: 'iemand@elders.example' }
  const tries: [() => Promise<unknown>, unknown[]][] = [
    [() => back(() => Promise.resolve(fatima)), [account.id, 'organisation', 'in']],
    [() => back(() => Promise.resolve(nobody)), [null, 'organisation', 'wrong']],
    [() => back(() => Promise.reject(new Error('state'))), [null, 'organisation', 'wrong']],
    [() => back(() => Promise.resolve(fatima), null), [null, 'organisation', 'wrong']],
  ]
  for (const [doing, line] of tries) expect(await added(doing)).toEqual([line])
  expect(JSON.stringify(await lines())).not.toMatch(/geheim|iemand|elders/)
})

test('a link that lets nobody in leaves a line: too old, on another device, or none at all', async () => {
  const { sql } = here.app.db
  const joost = await here.person('joost')
  const seat = { planId: 'plan-01', personId: joost.id, accountId: joost.account.id }
  const mine = joost.account.id
  await sql.begin((tx) => sendLink(tx, 30, seat, null))
  const [letter] = await sql<{ token: string }[]>`
    select facts->>'token' as token from letter
    where account_id = ${mine} order by at desc limit 1`
  const { token } = letter!
  const device = 'd'.repeat(43)
  expect(await added(() => open(here.app, token, undefined))).toEqual([]) // mail programs look too
  expect(await added(() => enter(here.app, token, device, null))).toEqual([[mine, 'link', 'in']])
  expect(await added(() => open(here.app, token, undefined))).toEqual([[mine, 'link', 'wrong']])
  expect(await added(() => enter(here.app, token, 'e'.repeat(43), null))).toEqual([
    [mine, 'link', 'wrong'],
  ])
  await sql`update personal_link set expires_at = now() - interval '1 day' where person_id = ${joost.id}`
  expect(await added(() => open(here.app, token, device))).toEqual([[mine, 'link', 'expired']])
  const forged = 'x'.repeat(43)
  expect(await added(() => open(here.app, forged, device))).toEqual([[null, 'link', 'wrong']])
  expect(JSON.stringify(await lines())).not.toContain(forged)
  expect(JSON.stringify(await lines())).not.toContain(token)
})

test('a wrong code or password on one’s own page and on a tablet leave a line', async () => {
  const naima = await here.person('naima', 'plan-02')
  const holder = (await here.app.holderOf(naima.cookie))!
  const wrong = [holder.id, 'code', 'wrong']
  expect(await added(() => confirmApp(here.app, holder, '000000'))).toEqual([wrong])
  const change = { current: 'niet dit woord', next: 'drie rode bloemen in een vaas' }
  expect(await added(() => changePassword(here.app, holder, change))).toEqual([
    [holder.id, 'password', 'wrong'],
  ])
  const made = await handOver(here.app, naima.account, 'plan-02', naima.cookie)
  if (typeof made === 'string') throw new Error(made)
  const cookie = `${made.name}=${made.value}`
  const tablet = (await here.app.accountOf(cookie))!
  const back = (secret: string) =>
    takeBack(here.app, tablet, { password: secret }, '10.0.0.2', cookie)
  expect(await added(() => back('000000'))).toEqual([wrong])
  expect(await added(() => back('niet dit woord'))).toEqual([[holder.id, 'password', 'wrong']])
})

test('a flood of failures is kept as some lines a minute; who comes in is kept always', async () => {
  const { sql } = here.app.db
  const { account } = await here.person('bakker')
  const many = (result: log.SignInLine['result']) =>
    added(async () => {
      for (let n = 0; n < 30; n++)
        await log.add(sql, { accountId: account.id, way: 'password', result })
    })
  expect(await many('slowed')).toHaveLength(20)
  expect(await many('in')).toHaveLength(30)
})

test('the log cannot be changed, and a young line not taken away', async () => {
  const { sql } = here.app.db
  await expect(sql`update sign_in_log set result = 'in'`).rejects.toThrow('only added to')
  await expect(sql`delete from sign_in_log`).rejects.toThrow('five years')
})
