/**
 * Every door asks. Who signs in elsewhere, and who does not sign in at all, knocks on every page,
 * form, call, event and document there is, with real ids of a plan that is not theirs.
 */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { io, type Socket } from 'socket.io-client'
import { WebSocket } from 'ws'
import type { ClientEvents } from '#live/wire.ts'
import { bodyFor, doorsOnDisk, eventsOnDisk, nameOf, type Door } from '../doors.ts'
import { caller, start, type Caller, type Running } from '../process.ts'

/** Open to everybody, and why. Nothing of a plan may be behind these. */
const PUBLIC: Record<string, string> = {
  'GET /': 'the start page; on the demo it names the seats one can take',
  'POST /?/sit': 'taking a demo seat: on the demo only',
  'GET /dev/post': 'the post of the demo; there is no such page elsewhere',
  'GET /inloggen': 'signing in',
  'POST /inloggen?/default': 'signing in',
  'GET /inloggen/organisatie': 'off to the organisation, to sign in there',
  'GET /inloggen/organisatie/terug': 'back from there, with a code that is checked',
  'POST /inloggen/passkey': 'signing in with a passkey',
  'PUT /inloggen/passkey': 'signing in with a passkey',
  'GET /link': 'asking for a link',
  'POST /link?/default': 'asking for a link; it goes to the mailbox only',
  'GET /link/[token]': 'a personal link, whose token is the key',
  'POST /link/[token]?/enter': 'a personal link, whose token is the key',
  'POST /link/[token]?/renew': 'asking for a new link; it goes to the mailbox only',
  'GET /wachtwoord': 'a forgotten password',
  'POST /wachtwoord?/default': 'a forgotten password; the link goes to the mailbox only',
  'GET /wachtwoord/[token]': 'choosing a password, with the token of the mail',
  'POST /wachtwoord/[token]?/default': 'choosing a password, with the token of the mail',
  'POST /api/session': 'signing in',
  'DELETE /api/session': 'signing out',
  'POST /uitloggen': 'signing out',
  'GET /lezen-en-zien': 'how one likes to read',
  'POST /lezen-en-zien?/default': 'how one likes to read',
  'GET /scherm': 'a big screen is nobody; it shows nothing until the chair of a meeting lets it in',
  'GET /healthz': 'the process lives',
  'GET /readyz': 'the database answers',
  'GET /metrics': 'counts of the machine, for this machine or with a token',
}
/** About who asks, whoever that is: signed in is enough, and only their own things are in it. */
const OWN = new Set([
  'GET /plannen',
  'GET /thuis',
  'GET /scherm/toelaten',
  'GET /api/plans',
  'GET /api/session',
  'POST /api/session/code',
  'PUT /api/session/code',
  'GET /inloggen/stap',
  'POST /inloggen/stap?/mail',
  'POST /inloggen/stap?/code',
  'GET /account',
  'POST /account/passkey',
  'PUT /account/passkey',
  ...['begin', 'confirm', 'spare', 'remove', 'password', 'end'].map((a) => `POST /account?/${a}`),
])

/** A body for each event that can be read, so that it is refused for who sends it and not for its form. */
const EVENTS = (of: Ids): Record<keyof ClientEvents, unknown> => ({
  join: of.plan,
  'goal:create': { planId: of.plan, area: 'living' },
  'goal:present': { goalId: of.goal },
  'goal:answer': { goalId: of.goal, hash: of.hash, answer: 'yes', method: 'own_device', key: 'k' },
  'goal:propose': { goalId: of.goal, words: of.words, send: true },
  'goal:withdraw': { documentId: of.document },
  'goal:revise': { goalId: of.goal },
  'goal:dissent': { goalId: of.goal, personId: of.person, text: 'Zo is het.' },
  'goal:mark': { goalId: of.goal, mark: 'statement', text: 'Zo is het.' },
  'goal:review': { goalId: of.goal, outcome: 'achieved', text: 'Zo ging het.' },
  'meeting:step': { meetingId: of.meeting, step: { do: 'raise' } },
  'meeting:screen': { meetingId: of.meeting, code: 'ABCDEF' },
  'meeting:screen-away': { meetingId: of.meeting, screenId: of.meeting },
  'help:hear': { planId: of.plan, id: 'nobody' },
})

type Ids = {
  plan: string
  meeting: string
  goal: string
  document: string
  person: string
  hash: string
  words: unknown
}
type Plan = {
  people: { id: string; key: string }[]
  documents: { id: string; zone: string }[]
  goals: { id: string; hash: string | null; words: { plainText: string } }[]
}
type Export = { plan: Plan; boards: { cards: { text: string }[] }[]; proof: unknown }

let server: Running
let ria: Caller
let fatima: Caller
let toos: Caller
let ids: Ids
let secrets: string[]
let documents: string[]
const whole = async () => {
  const { plan, boards, proof } = (await ria.call('GET', '/api/plans/plan-01/export.json'))
    .body as Export
  return { plan, boards, proof }
}

beforeAll(async () => {
  server = await start()
  ria = await caller(server.base, 'ria@plan-01.example')
  fatima = await caller(server.base, 'fatima@plan-01.example')
  toos = await caller(server.base, 'toos@plan-03.example')
  const { plan, boards } = await whole()
  const goal = plan.goals.find((one) => one.hash !== null)!
  const planned = await fatima.call('POST', '/api/plans/plan-01/meetings', {
    onAt: '2026-12-10T13:00:00.000Z',
    people: [],
  })
  const meeting = (planned.body as { id: string }).id
  for (const act of ['start', 'finish'])
    await fatima.call('POST', `/api/meetings/${meeting}/steps`, { step: { do: act } })
  ids = {
    plan: 'plan-01',
    meeting,
    goal: goal.id,
    document: plan.documents.find(({ zone }) => zone === 'care')!.id,
    person: plan.people.find(({ key }) => key === 'marjan')!.id,
    hash: goal.hash!,
    words: goal.words,
  }
  documents = plan.documents.map(({ id }) => id)
  secrets = [
    ...boards.flatMap(({ cards }) => cards.map(({ text }) => text)),
    ...plan.goals.map(({ words }) => words.plainText),
  ].filter((text) => text.length > 15)
})
afterAll(() => server.stop())

/** Which id stands for a parameter: what it is called, or else what stands before it. */
function idFor(name: string, before: string): string {
  if (['plan', 'plans', 'tafel'].includes(before)) return ids.plan
  if (before === 'meetings' || name === 'meeting') return ids.meeting
  if (['goals', 'doel'].includes(before) || name === 'goal') return ids.goal
  if (before === 'documents' || name === 'document') return ids.document
  if (before === 'people' || name === 'person') return ids.person
  return ids.plan
}
const pathOf = ({ route }: Door): string => {
  const parts = route.split('/')
  return parts
    .map((part, at) =>
      part.replace(/^\[+(?:\.{3})?(\w+)(?:=\w+)?\]+$/, (_, name: string) =>
        idFor(name, parts[at - 1]!),
      ),
    )
    .join('/')
}

async function knock(
  door: Door,
  cookie: string,
): Promise<{ status: number; text: string; to: string | null }> {
  const headers: Record<string, string> = { cookie, origin: server.base }
  let body: string | null = null
  if (door.kind === 'action') {
    headers['content-type'] = 'application/x-www-form-urlencoded'
    body = new URLSearchParams({ plan: ids.plan, person: ids.person, goal: ids.goal }).toString()
  } else if (door.method !== 'GET') {
    headers['content-type'] = 'application/json'
    body = JSON.stringify(
      bodyFor(door, { personId: ids.person, documentId: ids.document, goalId: ids.goal }),
    )
  }
  const action = door.action === null || door.action === 'default' ? '' : `?/${door.action}`
  const answer = await fetch(`${server.base}${pathOf(door)}${action}`, {
    method: door.method,
    headers,
    redirect: 'manual',
    ...(body !== null && { body }),
  })
  const text = await answer.text()
  // to who does not ask for a page, a form tells in its answer where it sends them
  const sent = /^\{"type":"redirect","status":303,"location":"([^"]*)"\}$/.exec(text)
  if (sent) return { status: 303, text, to: sent[1]! }
  return { status: answer.status, text, to: answer.headers.get('location') }
}
const leaks = (text: string) => secrets.filter((secret) => text.includes(secret))

test('the lists of open doors name only doors that are there', () => {
  const names = doorsOnDisk().map(nameOf)
  expect([...Object.keys(PUBLIC), ...OWN].filter((name) => !names.includes(name))).toEqual([])
  expect(names.length).toBeGreaterThan(25)
})

test('who is not signed in, or sits at another table, is turned away at every door', async () => {
  const before = await whole()
  expect(secrets.length).toBeGreaterThan(10)
  const faults: string[] = []
  for (const door of doorsOnDisk()) {
    const name = nameOf(door)
    if (name in PUBLIC && door.method !== 'GET') continue
    const [stranger, outsider] = [await knock(door, ''), await knock(door, toos.cookie)]
    for (const [who, answer] of Object.entries({ stranger, outsider })) {
      const refused = answer.status >= 400 && answer.status !== 400
      const sentAway =
        who === 'stranger' && answer.status === 303 && /^\/(inloggen|$)/.test(answer.to ?? '')
      const open = name in PUBLIC || (OWN.has(name) && who === 'outsider')
      if (answer.status >= 500) faults.push(`${name}: ${who} makes it fail with ${answer.status}`)
      if (!open && !refused && !sentAway) faults.push(`${name}: ${who} gets ${answer.status}`)
      for (const secret of leaks(answer.text)) faults.push(`${name}: ${who} reads "${secret}"`)
    }
  }
  expect(faults).toEqual([])
  expect(await whole()).toEqual(before)
})

test('the ids were real: who sits at the table reads behind the same doors', async () => {
  const shut: string[] = []
  for (const door of doorsOnDisk()) {
    if (door.method !== 'GET' || !door.route.includes('[')) continue
    const answers = [await knock(door, ria.cookie), await knock(door, fatima.cookie)]
    if (!answers.some(({ status }) => status === 200))
      shut.push(`${nameOf(door)}: ${answers.map(({ status }) => status).join()}`)
  }
  expect(shut).toEqual([])
})

async function socket(cookie: string): Promise<Socket | string> {
  const made = io(server.base, {
    transports: ['websocket'],
    reconnection: false,
    forceNew: true,
    extraHeaders: { cookie },
  })
  return new Promise((done) => {
    made.once('connect', () => done(made))
    made.once('connect_error', (error) => done(error.message))
  })
}

test('every event of the channel is refused to who sits at another table, and heard by none', async () => {
  const bodies = EVENTS(ids)
  expect(eventsOnDisk().sort()).toEqual(Object.keys(bodies).sort())
  expect(await socket('')).toBe('not-signed-in')
  const made = await socket(toos.cookie)
  if (typeof made === 'string') throw new Error(made)
  const heard: unknown[] = []
  made.onAny((...event) => heard.push(event))
  const before = await whole()
  for (const [event, body] of Object.entries(bodies)) {
    const reply: unknown = await made.timeout(5000).emitWithAck(event, body)
    expect(reply, event).toMatchObject({ ok: false })
    expect(reply, `${event}: the body here must be one that can be read`).not.toMatchObject({
      refusal: 'unreadable',
    })
    expect(leaks(JSON.stringify(reply))).toEqual([])
  }
  await fatima.call('POST', '/api/plans/plan-01/goals', { area: 'mental' })
  expect((await whole()).plan.goals.length).toBe(before.plan.goals.length + 1)
  expect(heard).toEqual([])
  made.disconnect()
})

async function knockAt(
  documentId: string,
  cookie: string,
): Promise<{ code: number; bytes: number }> {
  const ws = new WebSocket(`${server.base.replace('http', 'ws')}/sync/${documentId}`, {
    headers: { cookie },
  })
  let bytes = 0
  ws.on('message', (data: Buffer) => (bytes += data.length))
  ws.on('open', () => ws.send(new Uint8Array([0, 0, 1, 0]))) // a sync step 1: send me everything
  return new Promise((done) => ws.on('close', (code) => done({ code, bytes })))
}

test('every document is closed to who sits at another table: not one byte', async () => {
  expect(documents.length).toBeGreaterThan(4)
  for (const id of documents) {
    expect(await knockAt(id, '')).toEqual({ code: 4401, bytes: 0 })
    expect(await knockAt(id, toos.cookie)).toEqual({ code: 4403, bytes: 0 })
  }
})
