import { readFileSync } from 'node:fs'
import { Ajv2020 } from 'ajv/dist/2020.js'
import ajvFormats, { type FormatsPlugin } from 'ajv-formats'
import { createHash } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import sharp from 'sharp'
import { WebSocket } from 'ws'
import { WebsocketProvider } from 'y-websocket'
import * as Y from 'yjs'
import { canonical, type Json } from '#plan/canonical.ts'
import { firstBreak, type Proof } from '#server/chain.ts'
import { dayIn, inDays } from '../days.ts'
import { caller, start, type Caller, type Running } from '../process.ts'

type Schema = Record<string, unknown>
type Operation = {
  responses: Record<string, { content?: Record<string, { schema: Schema }> }>
}
const api = JSON.parse(
  readFileSync(new URL('../../docs/openapi.json', import.meta.url), 'utf8'),
) as {
  paths: Record<string, Record<string, Operation>>
  components: Schema
}
const ajv = new Ajv2020({ strict: false, allErrors: true })
const formats = ajvFormats as unknown as { default: FormatsPlugin } // CommonJS, seen from a module
formats.default(ajv)

let server: Running
let people: Record<
  'ria' | 'marjan' | 'fatima' | 'joost' | 'toos' | 'ank' | 'carla' | 'koen',
  Caller
>
beforeAll(async () => {
  server = await start()
  people = {
    ria: await caller(server.base, 'ria@plan-01.example'),
    marjan: await caller(server.base, 'marjan@plan-01.example'),
    fatima: await caller(server.base, 'fatima@plan-01.example'),
    joost: await caller(server.base, 'joost@plan-01.example'),
    toos: await caller(server.base, 'toos@plan-03.example'),
    ank: await caller(server.base, 'ank@plan-03.example'),
    carla: await caller(server.base, 'carla@lindehof.example'),
    koen: await caller(server.base, 'koen@plan-08.example'),
  }
})
afterAll(() => server.stop())

type Who = keyof typeof people
const seen = new Set<string>()

/** Calls the API and holds the real answer against the described one. */
async function call<T>(
  who: keyof typeof people,
  method: string,
  path: string,
  params: Record<string, string> = {},
  body?: unknown,
): Promise<{ status: number; body: T }> {
  const real = path.replace(/\{(\w+)\}/g, (_, name: string) => params[name]!)
  const answer = await people[who].call(method, real, body)
  const operation = api.paths[path]?.[method.toLowerCase()]
  expect(operation, `${method} ${path} is described`).toBeDefined()
  const kind = operation!.responses[answer.status]
    ? String(answer.status)
    : `${String(answer.status)[0]}XX`
  const described = operation!.responses[kind]
  expect(described, `${method} ${path} answers ${answer.status}`).toBeDefined()
  const schema = described!.content?.['application/json']?.schema
  if (schema) {
    const valid = ajv.compile({ ...schema, components: api.components })
    expect(valid(answer.body), `${method} ${path} ${kind}: ${ajv.errorsText(valid.errors)}`).toBe(
      true,
    )
  }
  seen.add(`${method} ${path}`)
  return answer as { status: number; body: T }
}

/** Fetches a file and holds its type and content against what is described. */
async function file(
  who: keyof typeof people,
  path: string,
  id: string,
): Promise<{ type: string; name: string; body: string }> {
  const [bare] = path.split('?')
  const answer = await fetch(server.base + path.replace('{id}', id), {
    headers: { cookie: people[who].cookie },
  })
  const body = await answer.text()
  expect(answer.status, path).toBe(200)
  const type = answer.headers.get('content-type')!
  const described = api.paths[bare!]!.get!.responses['200']!.content!
  const schema = described[type.split(';')[0]!]?.schema
  expect(schema, `${path} as ${type} is described`).toBeDefined()
  const valid = ajv.compile({ ...schema!, components: api.components })
  const value: unknown = type.includes('json') ? JSON.parse(body) : body
  expect(valid(value), `${path}: ${ajv.errorsText(valid.errors)}`).toBe(true)
  seen.add(`GET ${bare}`)
  return { type, name: answer.headers.get('content-disposition')!, body }
}

type Goal = {
  id: string
  state: string
  hash: string
  words: Json
  documentId: string | null
  agreed: { version: number } | null
  answers: unknown[]
}
type Plan = {
  people: { id: string; key: string }[]
  goals: Goal[]
  documents: { id: string; zone: string; kind: string }[]
}

async function write(who: keyof typeof people, documentId: string, text: string): Promise<void> {
  class WithCookie extends WebSocket {
    constructor(url: string | URL) {
      super(url, { headers: { cookie: people[who].cookie } })
    }
  }
  const doc = new Y.Doc()
  const url = `${server.base.replace('http', 'ws')}/sync`
  const provider = new WebsocketProvider(url, documentId, doc, {
    WebSocketPolyfill: WithCookie as never,
    disableBc: true,
  })
  await new Promise<void>((done) => provider.on('sync', (is) => is && done()))
  const saved = new Promise<void>((done) => (provider.messageHandlers[10] = () => done()))
  ;(doc.getMap('goal').get('plainText') as Y.Text).insert(0, text)
  await saved
  provider.destroy()
}

test('the whole way of a goal over the API: made, written, presented, agreed, revised', async () => {
  const plan = (await call<Plan>('fatima', 'GET', '/api/plans/{id}', { id: 'plan-01' })).body
  const id = (key: string) => plan.people.find((person) => person.key === key)!.id
  const made = await call<{ id: string; documentId: string }>(
    'fatima',
    'POST',
    '/api/plans/{id}/goals',
    { id: 'plan-01' },
    { area: 'living' },
  )
  expect(made.status).toBe(201)
  const goal = { id: made.body.id }
  expect((await call('fatima', 'POST', '/api/goals/{id}/present', goal, {})).body).toMatchObject({
    refusal: 'no-words',
  })
  await write('marjan', made.body.documentId, '  Ria zit elke   middag op het balkon. ')
  const early = await call('ria', 'POST', '/api/goals/{id}/answers', goal, {
    hash: '0'.repeat(64),
    answer: 'yes',
    method: 'own_device',
    key: 'a',
  })
  expect(early).toMatchObject({ status: 409, body: { refusal: 'not-presented' } })
  const shown = await call<{ hash: string; words: Json }>(
    'fatima',
    'POST',
    '/api/goals/{id}/present',
    goal,
    { parties: [id('marjan')] },
  )
  expect(shown.body.words).toMatchObject({ plainText: 'Ria zit elke middag op het balkon.' })
  expect(shown.body.hash).toBe(
    createHash('sha256').update(canonical(shown.body.words)).digest('hex'),
  )
  const { hash } = shown.body
  const say = (who: keyof typeof people, body: object) =>
    call<Goal>(who, 'POST', '/api/goals/{id}/answers', goal, {
      hash,
      method: 'own_device',
      ...body,
    })
  expect(await say('ria', { answer: 'yes', key: 'r1', hash: 'f'.repeat(64) })).toMatchObject({
    status: 409,
    body: { refusal: 'words-changed' },
  })
  expect(await say('fatima', { answer: 'no', key: 'f0' })).toMatchObject({
    status: 422,
    body: { refusal: 'reason-missing' },
  })
  expect(await say('fatima', { answer: 'yes', key: 'f9', party: id('ria') })).toMatchObject({
    status: 403,
    body: { refusal: 'not-for-her' },
  })
  expect((await say('ria', { answer: 'yes', key: 'r1' })).body.state).toBe('presented')
  expect((await say('ria', { answer: 'yes', key: 'r1' })).body.answers).toHaveLength(1)
  await say('marjan', { answer: 'yes-with-remark', remark: 'Met een deken.', key: 'm1' })
  expect((await say('fatima', { answer: 'yes', key: 'f1' })).body).toMatchObject({
    state: 'agreed',
    agreed: { version: 1 },
  })
  expect(await say('marjan', { answer: 'no', key: 'm2' })).toMatchObject({
    status: 409,
    body: { refusal: 'already-agreed' },
  })
  expect(await call('marjan', 'POST', '/api/goals/{id}/revise', goal)).toMatchObject({
    status: 403,
    body: { refusal: 'ask-to-revise' },
  })
  expect((await call('ria', 'POST', '/api/goals/{id}/revise', goal)).status).toBe(201)
  const now = (await call<Goal>('toos', 'GET', '/api/goals/{id}', goal)) as {
    status: number
    body: unknown
  }
  expect(now).toMatchObject({ status: 403, body: { refusal: 'no-access' } })
  const late = {
    words: { ...(shown.body.words as object), plainText: 'Ria zit elke ochtend op het balkon.' },
    send: true,
  }
  const proposed = await call<Goal & { proposals: { documentId: string }[] }>(
    'marjan',
    'POST',
    '/api/goals/{id}/proposals',
    goal,
    late,
  )
  expect(proposed).toMatchObject({
    status: 201,
    body: { proposals: [{ personId: id('marjan'), state: 'sent' }] },
  })
  await call('marjan', 'POST', '/api/goals/{id}/proposals', goal, { ...late, send: false })
  expect((await call('marjan', 'GET', '/api/goals/{id}/proposals', goal)).body).toMatchObject([
    { state: 'kept' },
  ])
  expect((await call('ria', 'GET', '/api/goals/{id}/proposals', goal)).body).toEqual([])
  expect((await call<Goal>('ria', 'GET', '/api/goals/{id}', goal)).body).toMatchObject({
    state: 'revising',
    agreed: { version: 1 },
  })
  const writers = await call<Record<string, string>>('ria', 'GET', '/api/documents/{id}/writers', {
    id: made.body.documentId,
  })
  expect(Object.values(writers.body)).toEqual([id('marjan')])
})

test('a remark is made, read and dealt with; one’s own draft and “seen” answer as described', async () => {
  const plan = { id: 'plan-01' }
  const [goal] = (await call<Plan>('ria', 'GET', '/api/plans/{id}', plan)).body.goals
  const said = { goalId: goal!.id, kind: 'question', text: 'Mag dat ook bij regen?' }
  const made = await call<{ id: string }>('ria', 'POST', '/api/plans/{id}/remarks', plan, said)
  expect(made.status).toBe(201)
  expect((await call('ria', 'POST', '/api/plans/{id}/remarks', plan, { text: '' })).status).toBe(
    404,
  )
  expect((await call('toos', 'GET', '/api/plans/{id}/remarks', plan)).status).toBe(403)
  const all = await call<{ id: string }[]>('marjan', 'GET', '/api/plans/{id}/remarks', plan)
  expect(all.body.map(({ id }) => id)).toContain(made.body.id)
  const done = await call('fatima', 'POST', '/api/remarks/{id}/resolve', made.body)
  expect(done.status).toBe(200)
  expect((await call('marjan', 'POST', '/api/plans/{id}/draft', plan)).status).toBe(201)
  expect((await call('marjan', 'POST', '/api/plans/{id}/seen', plan, { all: true })).status).toBe(
    200,
  )
})

test('dissent is recorded with its reason, by who may', async () => {
  const plan = (await call<Plan>('fatima', 'GET', '/api/plans/{id}', { id: 'plan-01' })).body
  const agreed = plan.goals.find((goal) => goal.state === 'agreed')!
  const body = { personId: plan.people[0]!.id, text: 'Omdat.' }
  expect(
    await call('fatima', 'POST', '/api/goals/{id}/dissent', { id: agreed.id }, body),
  ).toMatchObject({ status: 409, body: { refusal: 'already-agreed' } })
  expect(
    await call('marjan', 'POST', '/api/goals/{id}/dissent', { id: agreed.id }, body),
  ).toMatchObject({ status: 403 })
})

test('bad bodies, unknown ids and other plans each get their named refusal', async () => {
  expect(await call('ria', 'GET', '/api/plans/{id}', { id: 'plan-03' })).toMatchObject({
    status: 403,
    body: { refusal: 'no-access' },
  })
  // what is not there is answered as what is somebody else's: nobody learns what exists
  for (const path of ['/api/plans/{id}', '/api/goals/{id}', '/api/documents/{id}/writers'] as const)
    expect(await call('ria', 'GET', path, { id: 'nope' })).toMatchObject({
      status: 403,
      body: { refusal: 'no-access' },
    })
  const bad = await call<{ faults: { path: string }[] }>(
    'fatima',
    'POST',
    '/api/plans/{id}/goals',
    { id: 'plan-01' },
    { area: 'moon', extra: 1 },
  )
  expect(bad).toMatchObject({ status: 400, body: { refusal: 'unreadable' } })
  expect(bad.body.faults.map((fault) => fault.path).sort()).toEqual(['area', 'extra'])
  const raw = await fetch(`${server.base}/api/plans/plan-01/goals`, {
    method: 'POST',
    headers: { cookie: people.fatima.cookie, 'content-type': 'application/json' },
    body: '{broken',
  })
  expect(raw.status).toBe(400)
  expect(((await raw.json()) as { refusal: string }).refusal).toBe('unreadable')
})

test('a plan is made from a few facts, or each fault is named at its field', async () => {
  const facts = {
    client: { name: 'mevrouw An de Wit', callMe: 'An', law: 'Wlz' },
    startedOn: '2026-11-02',
    myRole: 'primary_carer',
    template: 'welcome',
  }
  expect(await call('ria', 'POST', '/api/plans/new', {}, facts)).toMatchObject({
    status: 403,
    body: { refusal: 'no-access' },
  })
  const wrong = { ...facts, client: { ...facts.client, name: '' }, startedOn: 'soon' }
  expect(await call('fatima', 'POST', '/api/plans/new', {}, wrong)).toMatchObject({
    status: 400,
    body: {
      faults: [
        { path: 'client.name', fault: 'missing' },
        { path: 'startedOn', fault: 'not-a-day' },
      ],
    },
  })
  const made = await call<{ id: string }>('fatima', 'POST', '/api/plans/new', {}, facts)
  expect(made.status).toBe(201)
  expect(await call('fatima', 'GET', '/api/plans/{id}', { id: made.body.id })).toMatchObject({
    status: 200,
    body: {
      title: 'Het plan van An de Wit',
      people: [{ role: 'client' }, { role: 'primary_carer' }],
    },
  })
})

test('a wish that is not followed needs its ground, and stays as it was said', async () => {
  const { body: page } = await call<{ boards: { zone: string; cards: Card[] }[] }>(
    'ria',
    'GET',
    '/api/plans/{id}/export.json',
    { id: 'plan-01' },
  )
  type Card = { id: string; kind: string; text: string }
  const wishes = page.boards.flatMap(({ zone, cards }) => (zone === 'shared' ? cards : []))
  const wish = wishes.find(({ kind }) => kind === 'wish')!
  const path = '/api/plans/{id}/not-followed'
  const on = (who: 'ria' | 'fatima', body: object) =>
    call(who, 'POST', path, { id: 'plan-01' }, { cardId: wish.id, ...body })
  const why = { ground: 'good-care', reason: 'De wond moet eerst dicht zijn.' }
  expect(await on('ria', why)).toMatchObject({ status: 403 })
  expect(await on('fatima', {})).toMatchObject({ body: { refusal: 'ground-missing' } })
  expect(await on('fatima', why)).toMatchObject({ body: { refusal: 'consulted-missing' } })
  expect(await on('fatima', { ...why, consulted: 'dokter Bakker' })).toMatchObject({
    status: 200,
    body: { notFollowed: [{ cardId: wish.id, ground: 'good-care' }] },
  })
  expect(await on('fatima', { followed: true })).toMatchObject({ body: { notFollowed: [] } })
  expect(await on('fatima', { followed: true })).toMatchObject({ status: 409 })
  const topic = { topic: 'outside', state: 'discussed' }
  const tick = '/api/plans/{id}/topics'
  expect(await call('ria', 'POST', tick, { id: 'plan-01' }, topic)).toMatchObject({ status: 403 })
  expect(await call('fatima', 'POST', tick, { id: 'plan-01' }, topic)).toMatchObject({
    status: 200,
    body: { topics: [topic] },
  })
})

test('a plan is taken in whole or not at all, every fault named with its path', async () => {
  const { plans } = JSON.parse(
    readFileSync(new URL('../../server/demo-plans.nl.json', import.meta.url), 'utf8'),
  ) as { plans: Record<string, unknown>[] }
  const plan = structuredClone(plans[0]!)
  expect(await call('ria', 'POST', '/api/plans', {}, plan)).toMatchObject({
    status: 403,
    body: { refusal: 'no-access' },
  })
  const faulty = structuredClone({ ...plan, id: 'plan-88', strange: true }) as unknown as {
    goals: { confirmations: { by: string }[] }[]
  }
  expect(await call('fatima', 'POST', '/api/plans', {}, faulty)).toMatchObject({
    status: 400,
    body: { faults: [{ path: 'strange' }] },
  })
  delete (faulty as unknown as { strange?: boolean }).strange
  faulty.goals[1]!.confirmations[0]!.by = 'nobody'
  expect(await call('fatima', 'POST', '/api/plans', {}, faulty)).toMatchObject({
    status: 400,
    body: { faults: [{ path: 'goals[1].confirmations[0].by' }] },
  })
  faulty.goals[1]!.confirmations.splice(0, 1)
  expect(await call('fatima', 'POST', '/api/plans', {}, faulty)).toMatchObject({
    status: 400,
    body: { faults: [{ path: 'goals[1].status' }] },
  })
  expect(await call('fatima', 'POST', '/api/plans', {}, { ...plan, id: 'plan-77' })).toMatchObject({
    status: 201,
    body: { id: 'plan-77' },
  })
  const again = await call<{ id: string }>(
    'fatima',
    'POST',
    '/api/plans',
    {},
    { ...plan, id: 'plan-77' },
  )
  expect(again.status).toBe(201)
  expect(again.body.id).not.toBe('plan-77')
  const fresh = await caller(server.base, 'ria@plan-77.example')
  expect((await fresh.call('GET', '/api/plans/plan-77')).status).toBe(200)
  expect((await fresh.call('GET', '/api/plans/plan-88')).status).toBe(403)
})

test('a manager reads terms, counts and who looked of her organisation, as described', async () => {
  const [lindehof] = (await call<{ id: string }[]>('carla', 'GET', '/api/organisations')).body
  const of = { organisation: lindehof!.id }
  const numbers = '/api/organisations/{organisation}/numbers'
  const { body } = await call<{ plans: unknown[] }>('carla', 'GET', numbers, of)
  expect(body.plans.length).toBeGreaterThan(7)
  const looked = '/api/organisations/{organisation}/access-log'
  expect((await call<unknown[]>('carla', 'GET', looked, of)).body.length).toBeGreaterThan(7)
  for (const path of [numbers, looked])
    expect(await call('fatima', 'GET', path, of)).toMatchObject({ status: 403 })
})

test('a photo stands beside a card of the life story, made anew, for who may read it', async () => {
  const { boards } = (
    await call<{
      boards: { documentId: string; zone: string; cards: { id: string; kind: string }[] }[]
    }>('ria', 'GET', '/api/plans/{id}/export.json', { id: 'plan-01' })
  ).body
  const shared = boards.find(({ zone }) => zone === 'shared')!
  const story = shared.cards.find(({ kind }) => kind === 'story')!
  const path = `/api/documents/${shared.documentId}/cards/${story.id}/photo`
  const picture = await sharp({
    create: { width: 40, height: 30, channels: 3, background: 'teal' },
  })
    .jpeg()
    .toBuffer()
  const put = (who: Who, photo: Buffer, alt: string) => {
    const body = new FormData()
    body.set('photo', new Blob([new Uint8Array(photo)]), 'foto.jpg')
    body.set('alt', alt)
    const headers = { cookie: people[who].cookie, origin: server.base }
    return fetch(server.base + path, { method: 'PUT', headers, body })
  }
  expect((await put('toos', picture, 'De winkel.')).status).toBe(403)
  expect((await put('ria', picture, ' ')).status).toBe(422)
  const bad = await put('ria', Buffer.from('<svg onload="x"/>'), 'De winkel.')
  expect([bad.status, await bad.json()]).toMatchObject([422, { refusal: 'not-a-photo' }])
  expect((await put('ria', picture, 'De winkel.')).status).toBe(200)
  const get = (who: Who, more = {}) =>
    fetch(server.base + path, { headers: { cookie: people[who].cookie, ...more } })
  const seenIt = await get('marjan')
  expect(seenIt.headers.get('content-type')).toBe('image/webp')
  expect(seenIt.headers.get('cache-control')).toBe('private, no-cache')
  const etag = seenIt.headers.get('etag')!
  expect((await get('marjan', { 'if-none-match': etag })).status).toBe(304)
  expect((await get('toos', { 'if-none-match': etag })).status).toBe(403)
  const called = '/api/documents/{id}/cards/{card}/photo'
  seen.add(`PUT ${called}`).add(`GET ${called}`)
  const of = { id: shared.documentId, card: story.id }
  expect((await call('marjan', 'DELETE', called, of)).status).toBe(403)
  expect((await call('ria', 'DELETE', called, of)).status).toBe(200)
  expect((await get('ria')).status).toBe(404)
})

test('a plan is erased and a name is taken out as described', async () => {
  const gone = { id: 'plan-03', person: 'nobody' }
  const name = '/api/plans/{id}/people/{person}/name'
  expect(await call('ank', 'DELETE', name, gone)).toMatchObject({ status: 400 })
  const plan = (await call<Plan>('ank', 'GET', '/api/plans/{id}', gone)).body
  const toos = plan.people.find(({ key }) => key === 'toos')!
  const asked = { ground: 'request', askedBy: toos.id, weighed: true, name: 'Iemand anders' }
  const path = '/api/plans/{id}'
  expect(await call('toos', 'DELETE', path, gone, asked)).toMatchObject({ status: 403 })
  expect(await call('ank', 'DELETE', path, gone, { ...asked, weighed: false })).toMatchObject({
    status: 400,
  })
  expect(await call('ank', 'DELETE', path, gone, asked)).toMatchObject({
    body: { refusal: 'name-differs' },
  })
})

test('signing in is slowed after too many wrong tries, and tells nobody who exists', async () => {
  const knock = (email: string) =>
    fetch(`${server.base}/api/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ email, password: 'wrong' }),
    })
  const [known, unknown] = [
    await knock('joost@plan-01.example'),
    await knock('nobody@plan-01.example'),
  ]
  expect([known.status, unknown.status]).toEqual([401, 401])
  expect(await known.text()).toBe(await unknown.text())
  for (let n = 0; n < 5; n++) await knock('joost@plan-01.example')
  expect((await knock('joost@plan-01.example')).status).toBe(429)
  const right = await fetch(`${server.base}/api/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email: 'joost@plan-01.example', password: 'aan-tafel' }),
  })
  expect(right.status).toBe(429)
})

test('who is signed in can show more of who they are', async () => {
  expect(await call('joost', 'GET', '/api/session')).toMatchObject({
    status: 200,
    body: { name: 'Joost van Rijn', assurance: 'low', step: null, ways: { mail: false } },
  })
  expect((await call('joost', 'POST', '/api/session/code')).status).toBe(204)
  const wrong = await call('joost', 'PUT', '/api/session/code', {}, { code: 'niet deze' })
  expect(wrong).toMatchObject({ status: 422, body: { refusal: 'wrong-code' } })
})

test('a session that was ended opens nothing, and its sockets close', async () => {
  const leaving = await caller(server.base, 'bakker@plan-01.example')
  const plan = (await leaving.call('GET', '/api/plans/plan-01')).body as Plan
  const board = plan.documents.find(({ zone, kind }) => zone === 'care' && kind === 'board')!
  const socket = new WebSocket(`${server.base.replace('http', 'ws')}/sync/${board.id}`, {
    headers: { cookie: leaving.cookie },
  })
  await new Promise((done) => socket.once('message', done))
  const closed = new Promise<number>((done) => socket.once('close', done))
  await leaving.call('DELETE', '/api/session')
  expect(await closed).toBe(4401)
  expect((await leaving.call('GET', '/api/plans')).status).toBe(401)
})

test("the client's own pages: what is laid before her, what she says, and a call for help", async () => {
  const plan = { id: 'plan-01' }
  const client = '/api/plans/{id}/client'
  const made = await call<{ id: string; documentId: string }>(
    'fatima',
    'POST',
    '/api/plans/{id}/goals',
    plan,
    { area: 'mental' },
  )
  await write('fatima', made.body.documentId, 'Ria luistert elke avond naar muziek.')
  const goal = { id: made.body.id }
  const { hash } = (
    await call<{ hash: string }>('fatima', 'POST', '/api/goals/{id}/present', goal, {})
  ).body
  expect(await call('fatima', 'GET', client, plan)).toMatchObject({
    status: 403,
    body: { refusal: 'not-for-her' },
  })
  type Page = { goals: { id: string; given: { answer: string } | null }[] }
  const mine = (page: Page) => page.goals.find(({ id }) => id === goal.id)
  expect(mine((await call<Page>('ria', 'GET', client, plan)).body)).toMatchObject({ given: null })
  const said = { goalId: goal.id, hash, answer: 'no', key: 'ria-own' }
  const after = await call<Page>('ria', 'POST', client, plan, said)
  expect(mine(after.body)).toMatchObject({ given: { answer: 'no' } })
  expect(await call('ria', 'POST', client, plan, { ...said, answer: 'seen' })).toMatchObject({
    body: { refusal: 'unreadable' },
  })
  const help = await call('ria', 'POST', '/api/plans/{id}/client/help', plan, { about: 'help' })
  expect(help).toMatchObject({ status: 200, body: { reached: false } })
  const back = await call('ria', 'POST', '/api/plans/{id}/client/passkey', plan)
  expect(back.body).toMatchObject({ refusal: 'nothing-to-decide' }) // nobody handed her this screen
})

test('who sits at the table takes a copy to read without a network, and nobody else', async () => {
  const copy = '/api/plans/{id}/offline'
  const { status, body } = await call<{ board: unknown[] }>('marjan', 'GET', copy, {
    id: 'plan-01',
  })
  expect(status).toBe(200)
  expect(body.board.length).toBeGreaterThan(0)
  expect((await call('toos', 'GET', copy, { id: 'plan-01' })).status).toBe(403)
})

test('access is given with consent, and ended as easily; the record of it holds', async () => {
  const plan = { id: 'plan-01' }
  const asked = {
    name: 'Piet Hofland',
    email: 'piet@elders.example',
    role: 'relative',
    relation: 'zoon',
    consent: 'Piet mag meekijken.',
  }
  expect(await call('marjan', 'POST', '/api/plans/{id}/people', plan, asked)).toMatchObject({
    status: 403,
  })
  const made = await call<{ personId: string }>(
    'ria',
    'POST',
    '/api/plans/{id}/people',
    plan,
    asked,
  )
  expect(made.status).toBe(201)
  expect(
    (await call<Plan>('ria', 'GET', '/api/plans/{id}', plan)).body.people.map((p) => p.id),
  ).toContain(made.body.personId)
  const gone = { ...plan, person: made.body.personId }
  const link = '/api/plans/{id}/people/{person}/link'
  expect((await call('marjan', 'POST', link, gone)).status).toBe(403)
  expect((await call('ria', 'POST', link, gone)).status).toBe(200)
  expect((await call('marjan', 'DELETE', link, gone)).status).toBe(403)
  expect((await call('fatima', 'DELETE', link, gone)).status).toBe(200)
  const seat = '/api/plans/{id}/people/{person}'
  const until = dayIn(90)
  expect((await call('ria', 'PATCH', seat, gone, { until })).status).toBe(200)
  expect((await call('fatima', 'PATCH', seat, gone, { confidant: true })).status).toBe(403)
  const because = 'Een brief van Ria.'
  const stands = `${seat}/representation`
  expect(
    (await call('fatima', 'POST', stands, gone, { role: 'authorised_rep', because })).status,
  ).toBe(200)
  expect((await call('ria', 'POST', stands, gone, { role: 'mentor', because })).status).toBe(403)
  type Seats = { seats: { person: { id: string }; until: string | null; decides: string }[] }
  const seen = (await call<Seats>('ria', 'GET', '/api/plans/{id}/people', plan)).body.seats
  expect(seen.find(({ person }) => person.id === made.body.personId)).toMatchObject({
    until,
    decides: 'for-her-when-unable',
  })
  expect(await call('marjan', 'DELETE', '/api/plans/{id}/people/{person}', gone)).toMatchObject({
    status: 403,
  })
  expect((await call('fatima', 'DELETE', '/api/plans/{id}/people/{person}', gone)).status).toBe(200)
  expect(
    (await call<Plan>('ria', 'GET', '/api/plans/{id}', plan)).body.people.map((p) => p.id),
  ).not.toContain(made.body.personId)
  const kinds = (
    await call<{ kind: string }[]>('ria', 'GET', '/api/plans/{id}/history', plan)
  ).body.map((line) => line.kind)
  expect(kinds).toEqual(expect.arrayContaining(['plan-imported', 'person-invited', 'access-ended']))
  expect(await call('marjan', 'GET', '/api/plans/{id}/export.json', plan)).toMatchObject({
    status: 403,
    body: { refusal: 'no-access' },
  })
  const file = await call<{ proof: Proof }>('ria', 'GET', '/api/plans/{id}/export.json', plan)
  expect(firstBreak(file.body.proof)).toBe(null)
  const changed = structuredClone(file.body.proof)
  changed.versions[0]!.words.plainText += '!'
  expect(firstBreak(changed)).toContain('were changed')
  const forged = structuredClone(file.body.proof)
  forged.events[2]!.actorId = 'somebody-else'
  expect(firstBreak(forged)).toBe('event 3 was changed')
})

test('a plan leaves as a file for who may take a copy, and for nobody else', async () => {
  const id = 'plan-03'
  const fhir = await file('toos', '/api/plans/{id}/export.fhir.json', id)
  expect(fhir.name).toBe('attachment; filename="plan.fhir.json"')
  const paper = await file('toos', '/api/plans/{id}/export.pdf', id)
  expect(paper.body.slice(0, 8)).toBe('%PDF-1.7')
  const whole = await file('toos', '/api/plans/{id}/export.pdf?for=record', id)
  expect(whole.body).not.toBe(paper.body)
  const days = await file('toos', '/api/plans/{id}/review.ics', id)
  expect(days.type).toBe('text/calendar; charset=utf-8')
  for (const path of ['export.fhir.json', 'export.pdf', 'review.ics']) {
    expect(await call('ria', 'GET', `/api/plans/{id}/${path}`, { id })).toMatchObject({
      status: 403,
      body: { refusal: 'no-access' },
    })
  }
  expect((await people.toos.call('GET', `/api/plans/${id}/export.pdf?for=you`)).status).toBe(400)
})

test('who decides what, and what stands beside a goal, over the API', async () => {
  const plan = { id: 'plan-01' }
  const { goals, people: all } = (await call<Plan>('fatima', 'GET', '/api/plans/{id}', plan)).body
  const goal = { id: goals.find(({ state }) => state === 'agreed')!.id }
  const mark = (who: keyof typeof people, body: object) =>
    call<Goal>(who, 'POST', '/api/goals/{id}/marks', goal, body)
  expect(await mark('ria', { mark: 'statement', text: 'Met mijn hoed op.' })).toMatchObject({
    status: 200,
    body: { state: 'agreed' },
  })
  expect(await mark('marjan', { mark: 'party-added' })).toMatchObject({ status: 403 })
  const review = { outcome: 'achieved', said: 'Ik voel me weer de baas.' }
  expect((await call('fatima', 'POST', '/api/goals/{id}/reviews', goal, review)).status).toBe(200)
  expect((await call('marjan', 'POST', '/api/goals/{id}/reviews', goal, review)).status).toBe(403)
  const judged = { topic: 'Medicijnen', able: true, judgedBy: 'dokter S. Bakker', on: '2026-06-01' }
  const path = '/api/plans/{id}/judgements'
  expect((await call('fatima', 'POST', path, plan, judged)).status).toBe(201)
  expect((await call('ria', 'GET', path, plan)).status).toBe(200)
  expect((await call('marjan', 'GET', path, plan)).status).toBe(403)
  const refused = '/api/plans/{id}/refusals'
  const paper = { text: 'Ik wil niet aan een slang eten.', area: 'physical', on: '2024-02-01' }
  const kept = await call<{ id: string }>('fatima', 'POST', refused, plan, paper)
  expect(kept.status).toBe(201)
  expect((await call('ria', 'GET', path, plan)).body).toMatchObject({ refusals: [paper] })
  expect((await call('marjan', 'POST', refused, plan, paper)).status).toBe(403)
  const gone = { takesBack: kept.body.id }
  expect((await call('fatima', 'POST', refused, plan, gone)).status).toBe(201)
  expect(await call('fatima', 'POST', refused, plan, gone)).toMatchObject({
    body: { refusal: 'nothing-to-decide' },
  })
  const own = '/api/plans/{id}/own-plan'
  expect((await call('ria', 'GET', own, plan)).body).toMatchObject({ mayDecide: false, items: [] })
  const became = { itemId: 'gone', outcome: 'not-followed', reason: 'Het kan niet.' }
  expect(await call('fatima', 'POST', own, plan, became)).toMatchObject({
    status: 404,
    body: { refusal: 'unknown-item' },
  })
  const stance = { personId: all.find(({ key }) => key === 'marjan')!.id, stance: 'declines' }
  expect(
    await call('fatima', 'POST', '/api/plans/{id}/representation', plan, stance),
  ).toMatchObject({ status: 409, body: { refusal: 'nothing-to-decide' } })
  const proof = await call<{ fault: string | null }>('marjan', 'GET', '/api/goals/{id}/proof', goal)
  expect(proof.body.fault).toBe(null)
  const versions = '/api/plans/{id}/versions'
  const { usual } = (await call<{ usual: string }>('marjan', 'GET', versions, plan)).body
  expect(await call('fatima', 'POST', versions, plan, { reviewOn: '2020-01-01' })).toMatchObject({
    status: 409,
    body: { refusal: 'duties-missing' },
  })
  expect((await call('marjan', 'POST', versions, plan, { reviewOn: usual })).status).toBe(403)
  const other = { id: 'plan-03' }
  const set = await call<{ version: number }>('ank', 'POST', versions, other, { reviewOn: usual })
  expect(set.status).toBe(201)
  const copies = '/api/plans/{id}/versions/{version}/copies'
  const { people: theirs } = (await call<Plan>('ank', 'GET', '/api/plans/{id}', other)).body
  const copy = { personId: theirs.find(({ key }) => key === 'rob')!.id, way: 'paper' }
  const about = { ...other, version: String(set.body.version) }
  expect((await call('ank', 'POST', copies, about, copy)).status).toBe(201)
  expect((await call('ank', 'POST', '/api/plans/{id}/look-back', other, {})).status).toBe(201)
  const notices = '/api/plans/{id}/notices'
  const [first] = (await call<{ seq: number }[]>('ria', 'GET', notices, plan)).body
  expect((await call('ria', 'POST', notices, plan, { upTo: first!.seq })).status).toBe(200)
  expect((await call('ria', 'GET', notices, plan)).body).toEqual([])
})

test('a meeting is planned, led step by step, and called off', async () => {
  const plan = { id: 'plan-01' }
  const around = (await call<Plan>('fatima', 'GET', '/api/plans/{id}', plan)).body.people
  const asked = {
    onAt: inDays(14),
    place: 'Huiskamer',
    people: around.map(({ id }) => id),
  }
  const path = '/api/plans/{id}/meetings'
  expect(await call('marjan', 'POST', path, plan, asked)).toMatchObject({ status: 403 })
  type Meeting = { id: string; state: string; item: string | null; hands: unknown[] }
  const planned = await call<Meeting>('fatima', 'POST', path, plan, asked)
  expect(planned).toMatchObject({ status: 201, body: { state: 'planned' } })
  const one = { id: planned.body.id }
  const moved = await call('fatima', 'PUT', '/api/meetings/{id}', one, { ...asked, minutes: 45 })
  expect(moved).toMatchObject({ status: 200, body: { minutes: 45 } })
  const step = (who: Who, step: unknown) =>
    call<Meeting>(who, 'POST', '/api/meetings/{id}/steps', one, { step })
  expect(await step('marjan', { do: 'start' })).toMatchObject({ status: 403 })
  expect(await step('fatima', { do: 'fly' })).toMatchObject({ status: 400 })
  expect((await call('toos', 'GET', '/api/meetings/{id}', one)).status).toBe(403)
  expect((await call<Meeting>('ria', 'GET', '/api/meetings/{id}', one)).body.state).toBe('planned')
  expect((await call('fatima', 'DELETE', '/api/meetings/{id}', one)).status).toBe(200)
  expect(await step('fatima', { do: 'start' })).toMatchObject({ body: { refusal: 'not-now' } })
  const again = await call<Meeting>('fatima', 'POST', path, plan, asked)
  one.id = again.body.id
  expect((await step('fatima', { do: 'start' })).body).toMatchObject({ state: 'under-way' })
  expect((await step('ria', { do: 'raise' })).body.hands).toHaveLength(1)
  expect((await step('fatima', { do: 'next' })).body.item).toBe('who-i-am')
  const preparation = '/api/meetings/{id}/preparation'
  const prepared = { answers: { now: 'De tuin.' }, cards: {}, handIn: false }
  const kept = await call('ria', 'PUT', preparation, one, prepared)
  expect(kept.body).toMatchObject({ answers: { now: 'De tuin.' }, handedInAt: null })
  const wrong = { ...prepared, answers: { anders: 'x' } }
  expect((await call('ria', 'PUT', preparation, one, wrong)).status).toBe(400)
  const nobody = { ...one, call: 'nothing' }
  expect(await call('fatima', 'DELETE', '/api/meetings/{id}/calls/{call}', nobody)).toMatchObject({
    body: { refusal: 'nothing-to-decide' },
  })
  expect((await step('fatima', { do: 'finish' })).body.state).toBe('finished')
  type Report = { report: { lines: { id: string }[] }; set: { hash: string } | null }
  const read = await call<Report>('marjan', 'GET', '/api/meetings/{id}/report', one)
  expect(read.body.report.lines.some(({ id }) => id === 'note')).toBe(true)
  const note = { line: 'note', text: 'Tot de volgende keer.' }
  const corrections = '/api/meetings/{id}/corrections'
  expect((await call('marjan', 'POST', corrections, one, note)).status).toBe(403)
  expect((await call('fatima', 'POST', corrections, one, note)).status).toBe(200)
  const faces = { couldSay: 3, wasHeard: 3, knows: 2 }
  expect((await call('ria', 'POST', '/api/meetings/{id}/feedback', one, faces)).status).toBe(200)
  const set = await call<Report>('fatima', 'POST', '/api/meetings/{id}/report', one, {})
  expect(set.body.set?.hash).toMatch(/^[0-9a-f]{64}$/)
  const list = await call<{ state: string }[]>('marjan', 'GET', path, plan)
  expect(list.body.map(({ state }) => state).sort()).toEqual(['cancelled', 'set'])
})

test('the client and nobody else at the table reads who looked, line by line or as a file', async () => {
  const plan = { id: 'plan-01' }
  const path = '/api/plans/{id}/access-log'
  const lines = (await call<{ act: string }[]>('ria', 'GET', path, plan)).body
  expect(lines.map(({ act }) => act)).toEqual(expect.arrayContaining(['read', 'present', 'export']))
  expect(await call('fatima', 'GET', path, plan)).toMatchObject({ status: 403 })
  const file = await fetch(`${server.base}/api/plans/plan-01/access-log?format=csv`, {
    headers: { cookie: people.ria.cookie },
  })
  expect(file.headers.get('content-type')).toContain('text/csv')
  expect(await file.text()).toMatch(/^seq,at,planId,account/)
})

test('a card goes to another zone for who may, and for nobody else', async () => {
  type Boards = { boards: { documentId: string; zone: string; cards: { id: string }[] }[] }
  const path = '/api/plans/{id}/export.json'
  const file = await call<Boards>('ria', 'GET', path, { id: 'plan-01' })
  const board = (zone: string) => file.body.boards.find((one) => one.zone === zone)!
  const of = { id: board('shared').documentId, card: board('shared').cards.at(-1)!.id }
  const to = { to: board('care').documentId }
  const move = '/api/documents/{id}/cards/{card}/move'
  expect((await call('marjan', 'POST', move, of, to)).status).toBe(403)
  expect(await call('ria', 'POST', move, of, to)).toMatchObject({ status: 200, body: to })
  const around = (await call<Plan>('ria', 'GET', '/api/plans/{id}', { id: 'plan-01' })).body.people
  const erase = '/api/documents/{id}/cards/{card}'
  const there = { id: to.to, card: of.card }
  const asked = { askedBy: around.find(({ key }) => key === 'ria')!.id }
  expect((await call('marjan', 'DELETE', erase, there, asked)).status).toBe(403)
  expect((await call('fatima', 'DELETE', erase, there, asked)).status).toBe(200)
  expect((await call('fatima', 'DELETE', erase, there, asked)).status).toBe(409)
})

test('a therapist opens their own part of the care to a colleague, and nobody else does', async () => {
  const plan = (await call<Plan>('koen', 'GET', '/api/plans/{id}', { id: 'plan-08' })).body
  const hanna = plan.people.find(({ key }) => key === 'hanna')!.id
  const parts = plan.documents.filter(({ zone }) => zone === 'care').map(({ id }) => id)
  expect(parts).toHaveLength(2) // his own, and hers, to which he was let in
  const path = '/api/documents/{id}/colleagues'
  const answers = []
  for (const id of parts)
    answers.push(await call('koen', 'POST', path, { id }, { personId: hanna }))
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 403])
  const id = parts[answers.findIndex(({ status }) => status === 200)]!
  const asked = { personId: hanna }
  expect((await call('koen', 'POST', path, { id }, asked)).status).toBe(409)
  expect((await call('toos', 'DELETE', path, { id }, asked)).status).toBe(403)
  expect((await call('koen', 'DELETE', path, { id }, asked)).status).toBe(200)
})

test('what was written is told to who may read it, in whose hand it was', async () => {
  const id = 'plan-01'
  const plan = (await call<Plan>('marjan', 'GET', '/api/plans/{id}', { id })).body
  const made = (
    await call<{ id: string; documentId: string }>(
      'marjan',
      'POST',
      '/api/plans/{id}/goals',
      { id },
      { area: 'mental' },
    )
  ).body
  await write('marjan', made.documentId, 'Ria belt op zondag.')
  const told = await call<{ goalId: string; added: string; personId: string }[]>(
    'ria',
    'GET',
    '/api/plans/{id}/contributions',
    { id },
  )
  const marjan = plan.people.find(({ key }) => key === 'marjan')!.id
  expect(told.body.filter(({ goalId }) => goalId === made.id)).toMatchObject([
    { personId: marjan, added: 'Ria belt op zondag.' },
  ])
  expect((await call('toos', 'GET', '/api/plans/{id}/contributions', { id })).status).toBe(403)
})

test('who comes first by law is asked for her, on a judgement that holds and by the care alone', async () => {
  const plan = { id: 'plan-01' }
  const around = (await call<Plan>('fatima', 'GET', '/api/plans/{id}', plan)).body.people
  const marjan = around.find(({ key }) => key === 'marjan')!.id
  const judged = { topic: 'Tuin', able: false, judgedBy: 'dokter S. Bakker', on: '2026-06-01' }
  const why = { ...judged, reason: 'Ria begrijpt de vraag nu niet.' }
  const judgement = await call<{ id: string }>(
    'fatima',
    'POST',
    '/api/plans/{id}/judgements',
    plan,
    why,
  )
  const goals = '/api/plans/{id}/goals'
  const made = await call<{ id: string; documentId: string }>('fatima', 'POST', goals, plan, {
    area: 'living',
  })
  await write('fatima', made.body.documentId, 'Ria helpt in de tuin.')
  const goal = { id: made.body.id }
  const { hash } = (
    await call<{ hash: string }>('fatima', 'POST', '/api/goals/{id}/present', goal, {})
  ).body
  const ask = (who: Who, more: object = {}) =>
    call<Goal>(who, 'POST', '/api/goals/{id}/for-her', goal, {
      hash,
      judgementId: judgement.body.id,
      reaction: 'liked',
      saw: 'Ria lachte erbij.',
      personId: marjan,
      key: 'asked-once',
      ...more,
    })
  expect(await ask('marjan')).toMatchObject({ status: 403, body: { refusal: 'no-access' } })
  // a first contact stands in for nobody, until a judge says so
  expect(await ask('fatima')).toMatchObject({ status: 403, body: { refusal: 'not-for-her' } })
  const seat = { ...plan, person: marjan }
  const stands = '/api/plans/{id}/people/{person}/representation'
  const mentor = { role: 'mentor', because: 'Beschikking van de rechter.' }
  expect((await call('fatima', 'POST', stands, seat, mentor)).status).toBe(200)
  expect(await ask('fatima', { judgementId: 'nothing' })).toMatchObject({
    body: { refusal: 'unknown-topic' },
  })
  expect(await ask('fatima')).toMatchObject({
    status: 200,
    body: { state: 'presented', answers: [{ method: 'observed_response', answer: 'yes' }] },
  })
})

test('every described call was held against a real answer', async () => {
  await call('ria', 'GET', '/api/plans')
  const described = Object.entries(api.paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
  )
  const elsewhere = ['POST /api/session', 'DELETE /api/session'] // in the tests on signing in and out
  expect(described.filter((one) => !seen.has(one) && !elsewhere.includes(one))).toEqual([])
})
