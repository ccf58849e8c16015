/**
 * Whoever sits at one table tries another's. Everybody of the demo, in every role there is, knocks at
 * every door with every id of a plan that is not theirs, and then with ids that are nobody's: they
 * read nothing, change nothing, hear nothing, and cannot tell the one from the other.
 */
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Socket } from 'socket.io-client'
import demo from '#server/demo-plans.nl.json' with { type: 'json' }
import { newId } from '#server/ids.ts'
import { doorsOnDisk, nameOf, OWN, PUBLIC } from '../doors.ts'
import { eventBodies, knock, knockAtDocument, socket, type Answer, type Ids } from '../knocking.ts'
import { inDays } from '../days.ts'
import { caller, start, type Caller, type Running } from '../process.ts'

type Plan = {
  people: { id: string; key: string; name: string }[]
  documents: { id: string }[]
  goals: { id: string; hash: string | null; words: { plainText: string } }[]
}
type Board = { documentId: string; zone: string; cards: { id: string; text: string }[] }
type Whole = { plan: Plan; boards: Board[]; proof: unknown }
type Target = {
  ids: Ids
  documents: string[]
  secrets: string[]
  owner: Caller
  before?: Whole
}

/** One person in every role of the demo, the plan they sit at, and two managers: of it, and of another. */
const CAST = demo.plans
  .flatMap((plan) =>
    plan.participants.map(({ key, role }) => {
      return { role, who: `${key}@${plan.id}.example`, at: plan.id }
    }),
  )
  .concat([
    { role: 'care_manager', who: 'hugo@debrug.example', at: 'plan-05' },
    { role: 'care_manager of it', who: 'carla@lindehof.example', at: 'plan-01' },
  ])
  .filter(({ role }, at, all) => all.findIndex((one) => one.role === role) === at)

let server: Running
const targets: Record<string, Target> = {}
const whole = async ({ owner, ids }: Target): Promise<Whole> => {
  const file = (await owner.call('GET', `/api/plans/${ids.plan}/export.json`)).body as Whole
  const { plan, boards, proof } = file
  return { plan, boards, proof }
}

async function target(planId: string, client: string, carer: string): Promise<Target> {
  const owner = await caller(server.base, `${client}@${planId}.example`)
  const care = await caller(server.base, `${carer}@${planId}.example`)
  const own = (await owner.call('POST', `/api/plans/${planId}/draft`)).body as {
    documentId: string
  }
  const { plan, boards } = (await owner.call('GET', `/api/plans/${planId}/export.json`))
    .body as Whole
  const goal = plan.goals.find(({ hash }) => hash !== null)!
  const remark = { goalId: goal.id, kind: 'remark', text: 'Dit staat ernaast.' }
  const said = await owner.call('POST', `/api/plans/${planId}/remarks`, remark)
  const day = { onAt: inDays(300), people: [] }
  const planned = await care.call('POST', `/api/plans/${planId}/meetings`, day)
  const ids: Ids = {
    plan: planId,
    organisation: 'lindehof',
    meeting: (planned.body as { id: string }).id,
    goal: goal.id,
    document: plan.documents[0]!.id,
    person: plan.people[1]!.id,
    remark: (said.body as { id: string }).id,
    hash: goal.hash!,
    words: goal.words,
  }
  for (const id of Object.values(ids)) expect(id).toBeTruthy()
  const texts = [
    ...boards.flatMap(({ cards }) => cards.map(({ text }) => text)),
    ...plan.goals.map(({ words }) => words.plainText),
    remark.text,
  ]
  const secrets = texts.filter((text) => text.length > 15)
  expect(secrets.length).toBeGreaterThan(8)
  const documents = [...plan.documents.map(({ id }) => id), own.documentId]
  return { ids, documents, secrets, owner }
}

beforeAll(async () => {
  server = await start()
  targets['plan-01'] = await target('plan-01', 'ria', 'fatima')
  targets['plan-10'] = await target('plan-10', 'syl', 'esther')
  for (const one of Object.values(targets)) one.before = await whole(one)
})
afterAll(() => server.stop())

/** The same shape, and nobody's. */
const nobodys = ({ words }: Ids): Ids => ({
  plan: 'plan-77',
  organisation: newId(),
  meeting: newId(),
  goal: newId(),
  document: newId(),
  person: newId(),
  remark: newId(),
  hash: 'a'.repeat(64),
  words,
})

/** What is left of an answer when the ids that were asked with are taken out. */
function said({ status, text, to }: Answer, ids: Ids): string {
  let plain = `${status} ${to ?? ''} ${text}`.replace(/nonce="[^"]*"/g, '')
  for (const [name, id] of Object.entries(ids))
    if (typeof id === 'string') plain = plain.replaceAll(id, `{${name}}`)
  return plain
}

test('there is somebody in many roles, and two tables to try', () => {
  expect(CAST.length).toBeGreaterThan(20)
})

test.each(CAST)(
  'as $role ($who): another’s plan is as one that is not there',
  async ({ who, at, role }) => {
    const there = targets[at === 'plan-01' ? 'plan-10' : 'plan-01']!
    const { cookie } = await caller(server.base, who)
    const empty = nobodys(there.ids)
    const faults: string[] = []
    for (const door of doorsOnDisk()) {
      const name = nameOf(door)
      if (name in PUBLIC || OWN.has(name) || !/\[/.test(door.route)) continue
      if (role === 'care_manager of it' && door.route.includes('[organisation]')) continue
      const real = await knock(server.base, door, cookie, there.ids)
      const none = await knock(server.base, door, cookie, empty)
      if (real.status < 400 || real.status === 400 || real.status >= 500)
        faults.push(`${name} answers ${real.status}`)
      if (said(real, there.ids) !== said(none, empty))
        faults.push(`${name} tells: ${said(real, there.ids)} / ${said(none, empty)}`)
      for (const secret of there.secrets)
        if (real.text.includes(secret)) faults.push(`${name} shows "${secret}"`)
    }
    expect(faults).toEqual([])
  },
)

test.each(CAST)(
  'as $role ($who): no event and no document of another’s plan',
  async ({ who, at }) => {
    const there = targets[at === 'plan-01' ? 'plan-10' : 'plan-01']!
    const { cookie } = await caller(server.base, who)
    for (const id of [...there.documents, newId()])
      expect(await knockAtDocument(server.base, id, cookie)).toEqual({ code: 4403, bytes: 0 })
    const made = (await socket(server.base, cookie)) as Socket
    const heard: unknown[] = []
    made.onAny((...event) => heard.push(event))
    const empty = eventBodies(nobodys(there.ids))
    for (const [event, body] of Object.entries(eventBodies(there.ids))) {
      const reply: unknown = await made.timeout(5000).emitWithAck(event, body)
      expect(reply, event).toMatchObject({ ok: false, refusal: 'no-access' })
      const none: unknown = await made
        .timeout(5000)
        .emitWithAck(event, empty[event as keyof typeof empty])
      expect(none, `${event} tells what exists`).toEqual(reply)
    }
    expect(heard).toEqual([])
    made.disconnect()
  },
)

test.each(CAST.filter(({ role }) => role !== 'care_manager of it'))(
  'as $role ($who): one’s own lists name no other plan',
  async ({ who, at }) => {
    const { call, cookie } = await caller(server.base, who)
    const listed = ((await call('GET', '/api/plans')).body as { id: string }[]).map(({ id }) => id)
    expect(listed.filter((id) => id !== at)).toEqual([])
    const there = targets[at === 'plan-01' ? 'plan-10' : 'plan-01']!
    for (const name of OWN) {
      if (!name.startsWith('GET ')) continue
      const page = await fetch(`${server.base}${name.slice(4)}`, { headers: { cookie } })
      const text = await page.text()
      const told = [...there.secrets, there.ids.plan, there.ids.goal].filter((one) =>
        text.includes(one),
      )
      expect(told, name).toEqual([])
    }
  },
)

/** Every door of a plan that somebody sits at, knocked on with its own ids. */
async function shown(who: string, { ids }: Target): Promise<{ name: string; answer: Answer }[]> {
  const { cookie } = await caller(server.base, who)
  const found: { name: string; answer: Answer }[] = []
  for (const door of doorsOnDisk()) {
    const name = nameOf(door)
    if (name in PUBLIC || OWN.has(name) || !/\[/.test(door.route)) continue
    if (door.route.includes('[organisation]') || door.method !== 'GET') continue
    found.push({ name, answer: await knock(server.base, door, cookie, ids) })
  }
  return found
}

test('an interpreter finds nothing of their own plan while no talk goes on', async () => {
  const own = await target('plan-04', 'ali', 'dejong')
  const before = await whole(own)
  const who = 'tolk@plan-04.example'
  const faults: string[] = []
  for (const { name, answer } of await shown(who, own)) {
    if (answer.status < 400 || answer.status >= 500) faults.push(`${name} answers ${answer.status}`)
    for (const secret of own.secrets)
      if (answer.text.includes(secret)) faults.push(`${name} shows "${secret}"`)
  }
  expect(faults).toEqual([])
  const { cookie, call } = await caller(server.base, who)
  for (const id of own.documents)
    expect(await knockAtDocument(server.base, id, cookie)).toEqual({ code: 4403, bytes: 0 })
  const made = (await socket(server.base, cookie)) as Socket
  const heard: unknown[] = []
  made.onAny((...event) => heard.push(event))
  for (const [event, body] of Object.entries(eventBodies(own.ids))) {
    const reply: unknown = await made.timeout(5000).emitWithAck(event, body)
    expect(reply, event).toMatchObject({ ok: false })
  }
  expect(heard).toEqual([])
  made.disconnect()
  expect((await call('GET', '/api/plans')).body).toEqual([])
  expect(await whole(own)).toEqual(before)
})

test('a therapist finds no word of the rest of the care zone at any door of their own plan', async () => {
  const own = await target('plan-02', 'henk', 'naima')
  const care = (await whole(own)).boards.filter(({ zone }) => zone === 'care')
  const [main, ...parts] = care
  const naima = await caller(server.base, 'naima@plan-02.example')
  const words = 'De dokter vraagt zich af of de pillen nog nodig zijn.'
  const about = { documentId: main!.documentId, cardId: main!.cards[0]!.id }
  const path = '/api/plans/plan-02/remarks'
  expect((await naima.call('POST', path, { ...about, kind: 'remark', text: words })).status).toBe(
    201,
  )
  const secrets = [words, ...main!.cards.map(({ text }) => text)]
  expect(secrets.length).toBeGreaterThan(2)
  for (const who of ['petra', 'tom']) {
    const faults: string[] = []
    const hers = parts.flatMap(({ cards }) => cards.map(({ text }) => text))
    expect(hers).toHaveLength(1) // what Petra wrote, and the record says that Tom reads
    let seen = 0
    for (const { name, answer } of await shown(`${who}@plan-02.example`, own)) {
      for (const secret of secrets)
        if (answer.text.includes(secret)) faults.push(`${name} shows "${secret}"`)
      if (answer.text.includes(hers[0]!)) seen++
    }
    expect(faults).toEqual([])
    expect(seen).toBeGreaterThan(0)
    const { cookie } = await caller(server.base, `${who}@plan-02.example`)
    const knocked = await knockAtDocument(server.base, main!.documentId, cookie)
    expect(knocked).toEqual({ code: 4403, bytes: 0 })
  }
})

test('after all that, nothing of the two plans has changed', async () => {
  for (const one of Object.values(targets)) expect(await whole(one)).toEqual(one.before)
})
