import { Secret, TOTP } from 'otpauth'
import { io } from 'socket.io-client'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Reply } from '#live/wire.ts'
import { gate } from '#server/gate.ts'
import { handOver, takeBack } from '#server/handover.ts'
import { clientPage, clientSays } from '#server/client.ts'
import { callForHelp } from '#server/help.ts'
import { createGoal, presentGoal } from '#server/goals.ts'
import { readPlan } from '#server/plans.ts'
import type { Account, Cookie } from '#server/auth/sessions.ts'
import { begin, isAppCode } from '#server/auth/totp.ts'
import { answerGoal } from '#server/agreement.ts'
import { Pen, until, table, type Guest, type Table } from '../table.ts'
import { presentedGoal } from '../presented.ts'

let place: Table
let fatima: Guest
let ria: Guest
let marjan: Guest
beforeAll(async () => {
  place = await table()
  fatima = await place.person('fatima')
  ria = await place.person('ria')
  marjan = await place.person('marjan')
})
afterAll(() => place.close())

/** A professional signs in anew and hands the tablet to Ria. */
async function handed(
  by: 'fatima' | 'joost' = 'fatima',
): Promise<{ account: Account; cookie: string }> {
  const own = await place.person(by)
  const made = await handOver(place.app, own.account, 'plan-01', own.cookie)
  if (typeof made === 'string') throw new Error(made)
  return opened(made)
}
async function opened(made: Cookie): Promise<{ account: Account; cookie: string }> {
  const cookie = `${made.name}=${made.value}`
  return { cookie, account: (await place.app.accountOf(cookie))! }
}

test('only who cares for the client can hand her the tablet', async () => {
  for (const key of ['ria', 'marjan'] as const) {
    const guest = await place.person(key)
    expect(await handOver(place.app, guest.account, 'plan-01', guest.cookie)).toBe('no-access')
  }
  const elsewhere = await place.person('ank', 'plan-03')
  expect(await handOver(place.app, elsewhere.account, 'plan-01', elsewhere.cookie)).toBe(
    'no-access',
  )
})

test('a tablet in her hands reaches her own pages and nothing else', async () => {
  const { account } = await handed()
  expect(account.handover).toBe('plan-01')
  const asks = (method: string, path: string) => gate(account, { method, path })
  for (const path of ['/klant/plan-01', '/api/plans/plan-01/client'])
    expect(asks('GET', path)).toBeNull()
  for (const path of ['/', '/plannen', '/plan/plan-01', '/klant/plan-03', '/inloggen', '/new'])
    expect(asks('GET', path)).toEqual({ to: '/klant/plan-01' })
  for (const [method, path] of [
    ['GET', '/api/plans'],
    ['GET', '/api/plans/plan-01'],
    ['GET', '/api/plans/plan-03/client'],
    ['POST', '/api/session'],
    ['DELETE', '/api/session'],
    ['POST', '/uitloggen'],
    ['POST', '/'],
    ['POST', '/plan/plan-01'],
  ] as const)
    expect(asks(method, path)).toBe('refuse')
})

test('the acts and the sockets refuse it as well', async () => {
  const goal = await presentedGoal(place, 'Ria drinkt koffie op het balkon.')
  const { account, cookie } = await handed()
  const { acts } = place.app
  const asked = { goalId: goal.id, hash: goal.hash, answer: 'yes', method: 'own_device' } as const
  expect(await answerGoal(acts, account, { ...asked, key: 'h-1' })).toBe('handed-over')
  expect(await presentGoal(acts, account, { goalId: goal.id })).toBe('handed-over')
  expect(await createGoal(acts, account, { planId: 'plan-01', area: 'living', wishes: [] })).toBe(
    'handed-over',
  )
  expect(await readPlan(place.app, account, 'plan-01')).toBe('handed-over')
  expect(await clientPage(place.app, account, 'plan-03')).toBe('handed-over')

  const closed = new Pen(place.base, await place.board(), cookie)
  await until(() => closed.closedWith !== null)
  expect(closed.closedWith).toBe(4403)
  closed.close()

  const socket = io(place.base, { transports: ['websocket'], extraHeaders: { cookie } })
  const ask = (event: string, ...args: unknown[]) =>
    socket.timeout(5000).emitWithAck(event, ...args) as Promise<Reply<unknown>>
  expect(await ask('join', 'plan-03')).toMatchObject({ ok: false, refusal: 'handed-over' })
  expect(await ask('join', 'plan-01')).toMatchObject({ ok: true })
  for (const event of [
    'goal:create',
    'goal:present',
    'goal:answer',
    'goal:revise',
    'goal:propose',
    'goal:withdraw',
    'goal:dissent',
  ])
    expect(await ask(event, {}), event).toMatchObject({ ok: false, refusal: 'handed-over' })
  expect(await ask('help:hear', {})).toMatchObject({ refusal: 'handed-over' })
  socket.disconnect()
})

test('handing over ends the session of the professional in every tab', async () => {
  const own = await place.person('fatima')
  const pen = own.open(await place.board())
  await pen.synced()
  const made = await handOver(place.app, own.account, 'plan-01', own.cookie)
  expect(made).not.toBeTypeOf('string')
  expect(await place.app.accountOf(own.cookie)).toBeNull()
  await until(() => pen.closedWith === 4401)
})

test('what she says there is hers, on the shared screen, in the session of who handed it over', async () => {
  const goal = await presentedGoal(place, 'Ria wandelt elke ochtend naar de vijver.')
  const { account } = await handed()
  const page = await clientPage(place.app, account, 'plan-01')
  if (typeof page === 'string') throw new Error(page)
  expect(page).toMatchObject({ handedOver: true, callMe: 'Ria', helper: { id: fatima.id } })
  expect(page.goals.find(({ id }) => id === goal.id)).toMatchObject({ given: null, agreed: false })
  const say = { goalId: goal.id, hash: goal.hash, answer: 'yes', key: 'tablet-1' } as const
  const after = await clientSays(place.app, account, 'plan-01', say)
  expect(after).toMatchObject({ state: 'presented' })
  if (typeof after === 'string') throw new Error(after)
  expect(after.answers.at(-1)).toMatchObject({
    partyId: ria.id,
    actorId: fatima.id,
    method: 'shared_screen',
    answer: 'yes',
  })
  const again = await clientSays(place.app, account, 'plan-01', say)
  if (typeof again === 'string') throw new Error(again)
  expect(again.answers).toHaveLength(after.answers.length)
  const stale = { ...say, hash: '0'.repeat(64), key: 'tablet-2' }
  expect(await clientSays(place.app, account, 'plan-01', stale)).toBe('words-changed')
})

test('on her own device it is her own answer; nobody else has her screen', async () => {
  const goal = await presentedGoal(place, 'Ria belt op zondag met haar zus.')
  const say = { goalId: goal.id, hash: goal.hash, answer: 'no', key: 'own-1' } as const
  const after = await clientSays(place.app, ria.account, 'plan-01', say)
  if (typeof after === 'string') throw new Error(after)
  expect(after.answers.at(-1)).toMatchObject({ actorId: ria.id, method: 'own_device' })
  for (const guest of [marjan, fatima])
    expect(await clientPage(place.app, guest.account, 'plan-01')).toBe('not-for-her')
})

test('it is taken back with the own password of who handed it over, and not before', async () => {
  const { account, cookie } = await handed()
  expect(await takeBack(place.app, account, { password: 'raden' }, '10.0.0.9', cookie)).toBe(
    'wrong-sign-in',
  )
  expect((await place.app.accountOf(cookie))?.handover).toBe('plan-01')
  const made = await takeBack(place.app, account, { password: 'aan-tafel' }, '10.0.0.9', cookie)
  if (typeof made === 'string') throw new Error(made)
  expect(await place.app.accountOf(cookie)).toBeNull()
  const back = await opened(made)
  expect(back.account.handover).toBeNull()
  expect(await readPlan(place.app, back.account, 'plan-01')).toMatchObject({ id: 'plan-01' })
  expect(
    await takeBack(place.app, back.account, { password: 'aan-tafel' }, '10.0.0.9', back.cookie),
  ).toBe('nothing-to-decide')
})

test('a code of their own code app takes it back as well, once; somebody else’s does not', async () => {
  const { app } = place
  const codesOf = async (id: string) => {
    const { secret } = await begin(app, id, 'wie@plan-01.example')
    const codes = new TOTP({ secret: Secret.fromBase32(secret.replaceAll(' ', '')) })
    return (at: number) => codes.generate({ timestamp: Date.now() + at })
  }
  const first = await handed('joost')
  const second = await handed('joost')
  const own = await codesOf(first.account.id)
  const hers = await codesOf(marjan.account.id)
  const begun = { confirming: true }
  expect(await isAppCode(app, first.account.id, own(-30_000), begun)).toBe(true)
  expect(await isAppCode(app, marjan.account.id, hers(-30_000), begun)).toBe(true)
  const back = (tablet: typeof first, code: string) =>
    takeBack(app, tablet.account, { password: code }, '10.0.0.7', tablet.cookie)
  expect(await back(first, hers(0))).toBe('wrong-sign-in')
  const code = own(0)
  expect(typeof (await back(first, code))).toBe('object')
  expect(await back(second, code)).toBe('wrong-sign-in') // each code counts once
})

test('guessing the password is slowed', async () => {
  const { account, cookie } = await handed()
  const tries: unknown[] = []
  for (let n = 0; n < 7; n++)
    tries.push(await takeBack(place.app, account, { password: 'raden' }, '10.0.0.8', cookie))
  expect(tries.at(-1)).toBe('too-many-tries')
})

test('"Help mij" reaches who cares for her, and says so when nobody is there', async () => {
  const { account } = await handed()
  expect(await callForHelp(place.app, account, 'plan-01', { about: 'help' })).toEqual({
    reached: false,
  })
  const socket = io(place.base, {
    transports: ['websocket'],
    extraHeaders: { cookie: (await place.person('fatima')).cookie },
  })
  const calls: { id: string; beside: string | null }[][] = []
  const helped: string[] = []
  socket.on('help', (_plan: string, open: { id: string; beside: string | null }[]) =>
    calls.push(open),
  )
  socket.on('helped', (_plan: string, by: string) => helped.push(by))
  await socket.emitWithAck('join', 'plan-01')
  await until(() => calls.length > 0)
  expect(calls[0]).toHaveLength(1)
  expect(await callForHelp(place.app, account, 'plan-01', { about: 'help' })).toEqual({
    reached: true,
  })
  const reply = (await socket.emitWithAck('help:hear', {
    planId: 'plan-01',
    id: calls[0]![0]!.id,
  })) as Reply<null>
  expect(reply.ok).toBe(true)
  await until(() => helped.length === 1 && calls.at(-1)?.length === 0)
  socket.disconnect()
  const daughter = await callForHelp(place.app, marjan.account, 'plan-01', { about: 'help' })
  expect(daughter).toBe('not-for-her')
})
