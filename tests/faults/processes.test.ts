/** Two processes on one PostgreSQL and one Redis (design.md §7, trust.md F12). */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { io, type Socket } from 'socket.io-client'
import { pino } from 'pino'
import * as Y from 'yjs'
import { cardText, goalOf, wordsOf } from '#live/documents.ts'
import { firstBreak } from '#server/chain.ts'
import { readConfig } from '#server/config.ts'
import * as events from '#server/db/events.ts'
import { openDatabase } from '#server/db/open.ts'
import { importPlan } from '#server/import/plan.ts'
import { proofOf } from '#server/proof.ts'
import { createApp } from '#server/table.ts'
import { startPostgres, type PostgresServer } from '../postgres.ts'
import { caller, start, type Caller, type Running } from '../process.ts'
import { startRedis, type RedisServer } from '../redis.ts'
import { Pen, until } from '../table.ts'
import { boardId, Crowd, seed, whole } from './crowd.ts'

let server: PostgresServer
let redis: RedisServer
let url: string
let here: Running
let there: Running
const people = new Map<string, Caller>()
const person = (key: string) => people.get(key)!
const socketOf = (running: Running) => running.base.replace('http', 'ws')

beforeAll(async () => {
  ;[server, redis] = await Promise.all([startPostgres(), startRedis()])
  url = await server.database()
  await seed(url)
  const env = { DATABASE_URL: url, REDIS_URL: redis.url }
  ;[here, there] = await Promise.all([start(env), start(env)])
  for (const key of ['ria', 'marjan', 'fatima', 'joost'])
    people.set(key, await caller(here.base, `${key}@plan-01.example`))
})
afterAll(async () => {
  await Promise.all([here.stop(), there.stop()])
  await redis.stop()
  await server.remove()
})

/** A client, who answers for her care, and eighteen who are close to her. */
const crowded = {
  id: 'plan-20',
  client: { name: 'mevrouw An de Boer', callMe: 'An' },
  participants: [
    ...[
      { key: 'an', name: 'An de Boer', role: 'client', authority: 'self' },
      { key: 'evv', name: 'Els Vos', role: 'primary_carer', authority: 'professional' },
    ],
    ...Array.from({ length: 18 }, (_, at) => ({
      ...{ key: `naaste-${at}`, name: `naaste ${at}`, role: 'relative', authority: 'own_task' },
    })),
  ].map((one) => ({ ...one, mayConfirm: true })),
}

type Goal = { id: string; documentId: string; hash: string; state: string }

test('people in two processes write one goal; presenting closes it in both', async () => {
  const [fatima, marjan] = [person('fatima'), person('marjan')]
  const made = await fatima.call('POST', '/api/plans/plan-01/goals', { area: 'living' })
  const { id, documentId } = made.body as Goal
  const a = await new Pen(socketOf(here), documentId, fatima.cookie).synced()
  const b = await new Pen(socketOf(there), documentId, marjan.cookie).synced()
  const text = (pen: Pen) => goalOf(pen.doc).goal.get('plainText') as Y.Text
  text(a).insert(0, 'Ria kookt mee.')
  await until(() => text(b).toString() === 'Ria kookt mee.')
  text(b).insert(text(b).length, ' Elke vrijdag.')
  text(a).insert(0, 'Samen: ')
  await until(() => text(a).toString() === 'Samen: Ria kookt mee. Elke vrijdag.')
  await until(() => text(b).toString() === text(a).toString())
  await Promise.all([a.stored(), b.stored()])
  const shown = await fatima.call('POST', `/api/goals/${id}/present`, { parties: [] })
  expect(shown.status).toBe(200)
  await until(() => a.closedWith === 4409 && b.closedWith === 4409)
  expect((shown.body as { words: { plainText: string } }).words.plainText).toBe(
    wordsOf(b.doc).plainText,
  )
})

test('a decision here is heard there', async () => {
  const [fatima, ria] = [person('fatima'), person('ria')]
  const screen: Socket = io(there.base, { extraHeaders: { cookie: ria.cookie } })
  const heard: Goal[] = []
  screen.on('goal', (goal: Goal) => heard.push(goal))
  await new Promise<void>((done) => screen.on('connect', () => done()))
  const joined: unknown = await screen.emitWithAck('join', 'plan-01')
  expect(joined).toMatchObject({ ok: true })
  const made = await fatima.call('POST', '/api/plans/plan-01/goals', { area: 'mental' })
  const { id } = made.body as Goal
  await until(() => heard.some((goal) => goal.id === id))
  screen.disconnect()
})

test('answers and other acts that meet in two processes give one order and one chain', async () => {
  const [fatima, ria, marjan] = [person('fatima'), person('ria'), person('marjan')]
  const at = (running: Running, { cookie }: Caller, path: string, body: unknown) =>
    fetch(`${running.base}${path}`, {
      method: 'POST',
      headers: { cookie, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
  const people = (await fatima.call('GET', '/api/plans/plan-01')).body as {
    people: { id: string; key: string }[]
  }
  const marjanId = people.people.find(({ key }) => key === 'marjan')!.id
  for (const [round, mixed] of [false, true, false, true].entries()) {
    const made = await fatima.call('POST', '/api/plans/plan-01/goals', { area: 'living' })
    const { id, documentId } = made.body as Goal
    const pen = await new Pen(socketOf(here), documentId, fatima.cookie).synced()
    ;(goalOf(pen.doc).goal.get('plainText') as Y.Text).insert(0, 'Elke dag naar buiten.')
    await pen.stored()
    pen.close()
    const path = `/api/goals/${id}`
    const shown = await fatima.call('POST', `${path}/present`, { parties: [marjanId] })
    const { hash } = shown.body as Goal
    const say = (running: Running, who: Caller, answer: string, tap: string) =>
      at(running, who, `${path}/answers`, { hash, answer, method: 'own_device', key: tap })
    const acts = [
      say(here, ria, 'yes', `ria-${round}`),
      say(there, marjan, 'yes', `marjan-${round}`),
      say(there, fatima, 'yes', `fatima-${round}`),
      say(here, fatima, 'yes', `fatima-${round}`), // one tap that went out twice
      ...(mixed
        ? [say(there, ria, 'talk', `again-${round}`), at(there, fatima, `${path}/revise`, {})]
        : []),
    ]
    const given = await Promise.all(acts)
    const ok = given.map(({ ok }) => ok)
    const views = await Promise.all(
      [here, there].map(
        async ({ base }) =>
          (
            await fetch(`${base}${path}`, { headers: { cookie: ria.cookie } })
          ).json() as Promise<unknown>,
      ),
    )
    expect(views[0]).toEqual(views[1])
    const { state, answers } = views[0] as { state: string; answers: { key?: string }[] }
    const taps = (ok[0] ? 1 : 0) + (ok[1] ? 1 : 0) + (ok[2] || ok[3] ? 1 : 0) + (ok[4] ? 1 : 0)
    expect(answers).toHaveLength(taps) // none lost, none twice
    if (!mixed) expect([state, ok]).toEqual(['agreed', [true, true, true, true]])
    else expect(given.every(({ status }) => status < 500)).toBe(true)
  }
  const { sql, close } = await openDatabase(readConfig({ DATABASE_URL: url }))
  const agreed = await sql<{ n: number }[]>`
    select count(*)::int as n from event
    where plan_id = 'plan-01' and kind = 'goal-agreed' group by goal_id`
  expect(agreed.filter(({ n }) => n === 1).length).toBeGreaterThan(1)
  expect(agreed.every(({ n }) => n === 1)).toBe(true)
  expect(firstBreak(await proofOf(sql, 'plan-01'))).toBe(null)
  await close()
})

test('twenty people answer at once in two processes: none is lost, and the goal is agreed once', async () => {
  const app = await createApp(readConfig({ DATABASE_URL: url }), pino({ level: 'silent' }))
  expect(await importPlan(app.acts, crowded, true)).toEqual({ id: crowded.id })
  await app.close()
  const keys = crowded.participants.map(({ key }) => key)
  const all = await Promise.all(keys.map((key) => caller(here.base, `${key}@plan-20.example`)))
  const evv = all[1]!
  const plan = (await evv.call('GET', '/api/plans/plan-20')).body as { people: { id: string }[] }
  const made = await evv.call('POST', '/api/plans/plan-20/goals', { area: 'living' })
  const { id, documentId } = made.body as Goal
  const pen = await new Pen(socketOf(here), documentId, evv.cookie).synced()
  ;(goalOf(pen.doc).goal.get('plainText') as Y.Text).insert(0, 'Elke dag naar buiten.')
  await pen.stored()
  pen.close()
  const parties = plan.people.map((one) => one.id)
  const shown = await evv.call('POST', `/api/goals/${id}/present`, { parties })
  const { hash } = shown.body as Goal
  const given = await Promise.all(
    all.map(({ cookie }, at) =>
      fetch(`${(at % 2 === 0 ? here : there).base}/api/goals/${id}/answers`, {
        method: 'POST',
        headers: { cookie, 'content-type': 'application/json' },
        body: JSON.stringify({ hash, answer: 'yes', method: 'own_device', key: `twenty-${at}` }),
      }),
    ),
  )
  expect(given.map(({ status }) => status)).toEqual(all.map(() => 200))
  const { sql, close } = await openDatabase(readConfig({ DATABASE_URL: url }))
  const told = (await events.ofPlan(sql, 'plan-20')).filter((event) => event.goalId === id)
  expect(told.filter(({ kind }) => kind === 'goal-answered')).toHaveLength(20)
  expect(told.filter(({ kind }) => kind === 'goal-agreed')).toHaveLength(1)
  expect(told.at(-1)?.kind).toBe('goal-agreed') // by the last of them, and by nobody before
  expect(firstBreak(await proofOf(sql, 'plan-20'))).toBe(null)
  await close()
})

test('sign-out here closes what the same session opened there', async () => {
  const joost = await caller(here.base, 'joost@plan-01.example')
  const pen = await new Pen(socketOf(there), await boardId(joost), joost.cookie).synced()
  await joost.call('DELETE', '/api/session')
  await until(() => pen.closedWith === 4401)
  expect(pen.closes).toEqual([4401])
})

/** Ria ends somebody's access in this process while their page is open at the other. */
async function endsThere(key: string): Promise<void> {
  const [ria, other] = [person('ria'), person(key)]
  const board = await boardId(ria)
  const pen = await new Pen(socketOf(there), board, other.cookie).synced()
  const { body } = await ria.call('GET', '/api/plans/plan-01')
  const found = (body as { people: { id: string; key: string }[] }).people
  const id = found.find((one) => one.key === key)!.id
  const ended = await ria.call('DELETE', `/api/plans/plan-01/people/${id}`)
  expect(ended.status).toBeLessThan(300)
  await until(() => pen.closedWith === 4403)
  const again = new Pen(socketOf(there), board, other.cookie)
  await until(() => again.closedWith === 4403)
  expect((await other.call('GET', '/api/plans/plan-01')).status).toBeGreaterThanOrEqual(403)
}

test('access that ends here ends there', () => endsThere('joost'))

test('a plan that is erased here is closed and forgotten there', async () => {
  const esther = await caller(here.base, 'esther@plan-10.example')
  const roy = await caller(there.base, 'roy@plan-10.example')
  const plan = (await esther.call('GET', '/api/plans/plan-10')).body as {
    people: { id: string; key: string }[]
    documents: { id: string; zone: string }[]
  }
  const board = plan.documents.find(({ zone }) => zone === 'shared')!.id
  const pen = await new Pen(socketOf(there), board, roy.cookie).synced()
  const askedBy = plan.people.find(({ key }) => key === 'syl')!.id
  const asked = { ground: 'request', askedBy, weighed: true, name: 'tante Syl' }
  const erased = await esther.call('DELETE', '/api/plans/plan-10', asked)
  expect(erased).toEqual({ status: 200, body: { planId: 'plan-10' } })
  await until(() => pen.closedWith !== null)
  const again = new Pen(socketOf(there), board, esther.cookie)
  await until(() => again.closedWith === 4403)
  const read = await fetch(`${there.base}/api/plans/plan-10`, {
    headers: { cookie: esther.cookie },
  })
  expect(read.status).toBe(403)
})

test('words of many in two processes come together, also while Redis is away', async () => {
  const board = await boardId(person('ria'))
  const cookies = ['ria', 'marjan', 'fatima', 'fatima'].map((key) => person(key).cookie)
  const left = await new Crowd(here.base, cookies.slice(0, 2), board).synced()
  const right = await new Crowd(there.base, cookies.slice(2), board).synced()
  left.type('links')
  right.type('rechts')
  const written = () => [...left.known().saved.values()].reduce((sum, clock) => sum + clock, 0)
  await until(() => written() > 200)
  await redis.stop()
  const before = written()
  await until(() => written() > before + 200)
  left.stop()
  right.stop()
  const same = () =>
    [...left.pens, ...right.pens].every(
      (pen) =>
        cardText(pen.doc, 'links-0')?.toString() ===
          cardText(right.pens[0]!.doc, 'links-0')?.toString() &&
        cardText(pen.doc, 'rechts-0')?.toString() ===
          cardText(left.pens[0]!.doc, 'rechts-0')?.toString(),
    )
  await until(same)
  expect([here.child.exitCode, there.child.exitCode]).toEqual([null, null])
  right.leave()
  await whole(left, url)
})

test('access that ends here ends there, also while Redis is away', () => endsThere('marjan'))
