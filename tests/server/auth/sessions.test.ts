/** Sessions: how long they last, who ends them, and what a new password does to them. */
import type * as Y from 'yjs'
import { io } from 'socket.io-client'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { accountPage, changePassword, endSessions } from '#server/auth/account.ts'
import { deviceOf } from '#server/auth/device.ts'
import { forgot, isOpen, reset } from '#server/auth/reset.ts'
import { signIn } from '#server/auth/sign-in.ts'
import { createGoal } from '#server/goals.ts'
import { isRefusal } from '#plan/refusals.ts'
import { CLOSE } from '#live/wire.ts'
import { readConfig } from '#server/config.ts'
import * as accounts from '#server/db/accounts.ts'
import * as mail from '#server/db/mail.ts'
import { Pen, table, until, type Table } from '../../table.ts'

let t: Table
beforeAll(async () => {
  t = await table({ SESSION_IDLE_MINUTES: '60', SESSION_MAX_HOURS: '8' })
})
afterAll(() => t.close())

const AGENT = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0'
async function holder(key: string) {
  const account = await accounts.byEmail(t.app.db.sql, `${key}@plan-01.example`)
  const device = deviceOf(AGENT)
  const { value } = await t.app.sessions.start(account!.id, 'low', { device })
  const cookie = `session=${value}`
  return { cookie, ...(await t.app.holderOf(cookie))! }
}
const enter = (email: string, password: string) =>
  signIn(
    { sql: t.app.db.sql, sessions: t.app.sessions, attempts: t.app.attempts },
    email,
    password,
    '192.0.2.1',
  )

const minutes = (date: Date) => Math.round((date.getTime() - Date.now()) / 60_000)

describe('how long', () => {
  test('unused it ends after the idle limit; used it is renewed', async () => {
    const { sql } = t.app.db
    const ria = await holder('ria')
    expect(minutes(ria.expiresAt)).toBe(60)
    await sql`update session set expires_at = now() + interval '5 minutes' where id = ${ria.sessionId}`
    await t.app.accountOf(ria.cookie)
    expect(minutes((await t.app.holderOf(ria.cookie))!.expiresAt)).toBe(60)
    await sql`update session set expires_at = now() where id = ${ria.sessionId}`
    expect(await t.app.accountOf(ria.cookie)).toBeNull()
  })

  test('however much it is used, it ends after the absolute limit', async () => {
    const { sql } = t.app.db
    const ria = await holder('ria')
    expect(minutes(ria.endsAt)).toBe(480)
    await sql`update session set ends_at = now() + interval '10 minutes' where id = ${ria.sessionId}`
    await t.app.accountOf(ria.cookie)
    expect(minutes((await t.app.holderOf(ria.cookie))!.expiresAt)).toBe(10)
    await sql`update session set ends_at = now() where id = ${ria.sessionId}`
    expect(await t.app.accountOf(ria.cookie)).toBeNull()
  })
})

test('writing at the table keeps a session, an open screen does not; what ran out closes', async () => {
  const { sql } = t.app.db
  const [writes, looks] = [await holder('bakker'), await holder('bakker')]
  const asked = { planId: 'plan-01', area: 'living' as const, wishes: [] }
  const goal = await createGoal(t.app.acts, writes, asked)
  if (isRefusal(goal)) throw new Error(goal)
  const pens = [writes, looks].map(({ cookie }) => new Pen(t.base, goal.documentId!, cookie))
  for (const pen of pens) await pen.synced()
  await sql`update session set expires_at = now() + interval '2 minutes'`
  ;(pens[0]!.doc.getMap('goal').get('plainText') as Y.Text).insert(0, 'Ria wandelt.')
  await pens[0]!.stored()
  await t.app.keeper.look()
  const left = async (id: string) => {
    const [row] = await sql<{ at: Date }[]>`select expires_at as at from session where id = ${id}`
    return minutes(row!.at)
  }
  expect([await left(writes.sessionId), await left(looks.sessionId)]).toEqual([60, 2])
  await sql`update session set expires_at = now() where id = ${looks.sessionId}`
  await t.app.keeper.look()
  await until(() => pens[1]!.closedWith !== null)
  expect(pens.map(({ closedWith }) => closedWith)).toEqual([null, CLOSE.notSignedIn])
  for (const pen of pens) pen.close()
})

test('one sees one’s own sessions in words, and ends one: its sockets close at once', async () => {
  const here = await holder('fatima')
  const there = await holder('fatima')
  const strange = await holder('marjan')
  const page = await accountPage(t.app, here)
  expect(page.sessions).toHaveLength(2)
  expect(page.sessions.filter((one) => one.here)).toHaveLength(1)
  expect(page.sessions.every(({ device }) => device === 'Firefox, Windows')).toBe(true)
  const socket = io(t.base.replace('ws', 'http'), {
    transports: ['websocket'],
    extraHeaders: { cookie: there.cookie },
  })
  await new Promise((done) => socket.once('connect', () => done(null)))
  const closed = new Promise((done) => socket.once('disconnect', done))
  await endSessions(t.app, strange, page.sessions.find((one) => !one.here)!.id)
  expect(await t.app.accountOf(there.cookie)).not.toBeNull() // not hers to end
  await endSessions(t.app, here, page.sessions.find((one) => !one.here)!.id)
  expect(await closed).toBe('io server disconnect')
  expect(await t.app.accountOf(there.cookie)).toBeNull()
  expect(await t.app.accountOf(here.cookie)).not.toBeNull()
  socket.close()
})

test('no address of a device is kept with a session', async () => {
  const columns = await t.app.db.sql<{ name: string }[]>`
    select column_name as name from information_schema.columns where table_name = 'session'`
  expect(columns.map(({ name }) => name).filter((name) => /ip|addr|agent/.test(name))).toEqual([])
})

test('a new password needs the old one, is long, and ends every other session', async () => {
  const here = await holder('joost')
  const there = await holder('joost')
  const change = (current: string, next: string) => changePassword(t.app, here, { current, next })
  expect(await change('aan-tafel', 'te kort')).toBe('unreadable')
  expect(await change('geraden', 'drie rode bloemen')).toBe('wrong-sign-in')
  expect(await change('aan-tafel', 'drie rode bloemen')).toBeNull()
  expect(await t.app.accountOf(here.cookie)).not.toBeNull()
  expect(await t.app.accountOf(there.cookie)).toBeNull()
  expect(await enter('joost@plan-01.example', 'aan-tafel')).toBe('wrong-sign-in')
  expect(await enter('joost@plan-01.example', 'drie rode bloemen')).toMatchObject({
    name: 'session',
  })
  for (let n = 0; n < 4; n++) await change('geraden', 'vier gele bloemen')
  expect(await change('drie rode bloemen', 'vier gele bloemen')).toBe('too-many-tries')
})

test('a forgotten password: a link that works once, for an hour, and tells nobody who exists', async () => {
  const { sql } = t.app.db
  const before = await holder('bakker')
  await forgot(t.app, 'nobody@plan-01.example')
  await forgot(t.app, 'Bakker@plan-01.example')
  const letters = await mail.newest(sql)
  const written = letters.filter(({ kind }) => kind === 'password-reset')
  expect(written.map(({ address }) => address)).toEqual(['bakker@plan-01.example'])
  const token = written[0]!.facts.token as string
  expect(await isOpen(t.app, token)).toBe(true)
  expect(await reset(t.app, 'x'.repeat(43), 'drie rode bloemen')).toBe('wrong-code')
  expect(await reset(t.app, token, 'kort')).toBe('unreadable')
  const tries = [1, 2, 3].map(() => reset(t.app, token, 'drie rode bloemen'))
  expect((await Promise.all(tries)).filter((one) => one === null)).toHaveLength(1)
  expect(await t.app.accountOf(before.cookie)).toBeNull()
  await until(
    async () => 'name' in Object(await enter('bakker@plan-01.example', 'drie rode bloemen')),
  )

  await forgot(t.app, 'ria@plan-01.example')
  await sql`update password_reset set expires_at = now()`
  const [newest] = await mail.newest(sql)
  expect(await isOpen(t.app, newest!.facts.token as string)).toBe(false)
  for (let n = 0; n < 5; n++) await forgot(t.app, 'ria@plan-01.example')
  const [{ n }] = (await sql`
    select count(*) as n from letter join account a on a.id = account_id
    where a.email = 'ria@plan-01.example' and kind = 'password-reset'`) as unknown as [
    { n: number },
  ]
  expect(n).toBe(3)
})

describe('the settings', () => {
  test('a second factor is required where people really come, unless it was said otherwise', () => {
    const of = (env: Record<string, string>) => readConfig(env).secondFactor
    expect(of({})).toBe('offered')
    expect(of({ ORIGIN: 'http://localhost:3000' })).toBe('offered')
    expect(of({ ORIGIN: 'https://tafel.example' })).toBe('required')
    expect(of({ ORIGIN: 'https://tafel.example', SECOND_FACTOR: 'offered' })).toBe('offered')
    expect(of({ SECOND_FACTOR: 'Required' })).toBe('required')
    expect(() => of({ SECOND_FACTOR: 'ja' })).toThrow('SECOND_FACTOR: write "required"')
  })
})

test.each([
  [
    'Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) Version/19.0 Safari/604.1',
    'Safari, iPhone',
  ],
  ['Mozilla/5.0 (Linux; Android 15) Chrome/140.0 Mobile Safari/537.36', 'Chrome, Android'],
  ['Mozilla/5.0 (Windows NT 10.0) Chrome/140.0 Safari/537.36 Edg/140.0', 'Edge, Windows'],
  ['curl/8.5', ''],
  [null, ''],
])('%s is called %s', (agent, words) => {
  expect(deviceOf(agent)).toBe(words)
})

test('a session that ends while its document is still being read opens nothing', async () => {
  const { cookie } = await holder('marjan')
  const { rooms } = t.app
  const read = rooms.room.bind(rooms)
  const at = Promise.withResolvers<void>()
  const may = Promise.withResolvers<void>()
  rooms.room = async (id) => {
    at.resolve()
    await may.promise
    return read(id)
  }
  try {
    const pen = t.pen(await t.board(), cookie)
    await at.promise
    await t.app.endSession(cookie)
    may.resolve()
    await until(() => pen.closedWith === CLOSE.notSignedIn)
    expect(pen.doc.share.size === 0 || pen.doc.getMap('cards').size === 0).toBe(true)
  } finally {
    rooms.room = read
  }
})
