/**
 * What an attacker sends, over a real socket, to a server that also serves honest people.
 *
 * After each case: the server answers, a newcomer can load the document, nothing changed in what
 * is seen or stored, nothing waits for missing parts, the innocent stay connected and see the same,
 * and an honest edit still arrives.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import * as documents from '#server/db/documents.ts'
import * as frames from '#server/sync/frames.ts'
import {
  ANNA,
  BERT,
  board,
  DROPPED,
  MALLORY,
  MALLORY_2,
  NAMES,
  stored,
  VIEWER,
  view,
  type Case,
} from '../../hostile/board.ts'
import { build } from '../../hostile/cases.mjs'
import { knock, RawClient } from '../../hostile/client.ts'
import { table, until, type Guest, type Table } from '../../table.ts'

const CARLA = 3003
const OPEN = 'hostile-open'
const CLOSED = 'hostile-closed'

let t: Table
let victim: Guest
let editor: Guest
let viewer: Guest
let carla: Guest
let anna: RawClient
let honest: RawClient

/** The board of the cases as a document of plan-01, its client ids bound to people at the table. */
async function lay(id: string): Promise<void> {
  const { sql } = t.app.db
  const row = { planId: 'plan-01', id, kind: 'board', zone: 'shared' } as const
  await documents.add(sql, { ...row, goalId: null, round: null, ownerId: null })
  const data = Buffer.from(Y.encodeStateAsUpdate(board()))
  await sql`insert into document_update (plan_id, document_id, seq, batch, data)
    values ('plan-01', ${id}, 1, 'laid', ${data})`
  await sql`update document set seq = 1 where id = ${id}`
  const joost = (await t.person('joost')).id
  const hands: [number, string | null][] = [
    [1, null],
    [ANNA, victim.id],
    [BERT, joost],
    [MALLORY, editor.id],
    [MALLORY_2, editor.id],
    [VIEWER, viewer.id],
    [CARLA, carla.id],
  ]
  for (const [client, person] of hands)
    await sql`insert into document_client (plan_id, document_id, client_id, person_id)
      values ('plan-01', ${id}, ${client}, ${person})`
}

beforeAll(async () => {
  t = await table()
  // the doctor of plan-01 as a guest: she reads, and does not write
  await t.app.db
    .sql`update person set authority = 'none' where plan_id = 'plan-01' and key = 'bakker'`
  await t.app.seats.refresh('plan-01')
  ;[victim, editor, carla] = await Promise.all([
    t.person('ria'),
    t.person('marjan'),
    t.person('fatima'),
  ])
  viewer = await t.person('bakker')
  await lay(OPEN)
  await lay(CLOSED)
  await documents.close(t.app.db.sql, CLOSED)
  anna = await new RawClient(t.base, OPEN, victim.cookie).opened()
  await anna.answered()
  anna.show({ caret: { field: 'cards/g1/text', anchor: '', head: '' } })
  honest = await new RawClient(t.base, OPEN, carla.cookie).opened()
  await honest.answered()
  honest.doc.clientID = CARLA
  honest.doc.on('update', (update: Uint8Array, origin: unknown) => {
    if (origin !== honest) honest.send(frames.update(update))
  })
})
afterAll(async () => {
  anna.close()
  honest.close()
  await t.close()
})

/** What somebody finds who comes now and has nothing. */
async function newcomer(): Promise<Y.Doc> {
  const client = await new RawClient(t.base, OPEN, carla.cookie).opened()
  await client.answered()
  expect(client.faults).toEqual([])
  client.close()
  return client.doc
}

let built: { of: string; cases: Case[] } | null = null
/** The cases for the document as it is now. */
function casesFor(doc: Y.Doc): Case[] {
  const of = view(doc) + stored(doc)
  if (built?.of !== of) built = { of, cases: build(doc, NAMES) }
  return built.cases
}

/** Everything a case says, by an attacker of its own; answers with what became of the connection. */
async function play(one: Case, documentId: string): Promise<RawClient> {
  const who = one.as === 'viewer' ? viewer : editor
  const client = await new RawClient(t.base, documentId, who.cookie).opened()
  for (const frame of one.frames) {
    if ('fill' in frame) {
      const bytes = Buffer.alloc(frame.fill)
      Buffer.from(frame.prefix).copy(bytes)
      client.send(bytes)
    } else if ('text' in frame) client.send(frame.text)
    else for (let n = frame.repeat ?? 1; n > 0; n--) client.send(frame.bin)
  }
  await client.answered()
  if (documentId === OPEN) client.close()
  return client
}

const all = build(board(), NAMES).filter((one) => !(one.id in DROPPED))
const named = (of: (one: Case) => boolean) =>
  all.filter(of).map((one) => [one.id, one.title] as const)
/** Names the goal that is locked: with us that is another document. */
const LOCKING = (one: Case) => one.category === 'lock' || one.id === 'P16'
const attack = named((one) => !LOCKING(one) && !['control', 'handshake'].includes(one.category))
const honestly = named((one) => one.category === 'control')

let letters = 0
/** An honest edit by a third person reaches the innocent. */
async function stillWorks(): Promise<void> {
  const text = (doc: Y.Doc) => (doc.getMap('cards').get('g3') as Y.Map<Y.Text>).get('text')!
  text(honest.doc).insert(0, `${(letters = (letters + 1) % 10)}`)
  await until(() => text(anna.doc).toString() === text(honest.doc).toString())
  text(honest.doc).delete(0, 1)
  await until(() => text(anna.doc).toString() === text(honest.doc).toString())
}

/** The numbers of a document without those of people who may write. */
const others = (doc: Y.Doc): string =>
  JSON.stringify([
    [...Y.decodeStateVector(Y.encodeStateVector(doc))].filter(
      ([id]) => ![CARLA, MALLORY, MALLORY_2].includes(id),
    ),
    [...doc.share.keys()].sort(),
  ])

describe('what an attacker sends', () => {
  test.each(attack)('%s %s', async (id) => {
    const before = await newcomer()
    const presence = JSON.stringify(anna.awareness.getLocalState())
    const one = casesFor(before).find((found) => found.id === id)!
    const client = await play(one, OPEN)
    if (one.expect.close === 'required') expect(client.closedWith).not.toBe(null)
    if (one.expect.close === 'forbidden') expect(client.closedWith).toBe(null)
    if (one.expect.reaction === 'refuse' && !['awareness', 'protocol'].includes(one.category)) {
      const told = client.closedWith !== null || client.refused.length > 0
      expect(told || one.category === 'deferred' || id === 'R11').toBe(true)
    }
    const after = await newcomer()
    if (one.expect.doc === 'unchanged') {
      expect(view(after)).toBe(view(before))
      expect(others(after)).toBe(others(before))
      if (one.category !== 'deferred') expect(stored(after)).toBe(stored(before))
    }
    expect([after.store.pendingStructs, after.store.pendingDs]).toEqual([null, null])
    expect(JSON.stringify(after.toJSON())).toBeTruthy()
    expect(anna.closedWith).toBe(null)
    expect(anna.faults).toEqual([])
    expect(JSON.stringify(anna.awareness.getLocalState())).toBe(presence)
    for (const [clientId, state] of anna.awareness.getStates()) {
      if (clientId === anna.awareness.clientID) continue
      expect(Object.keys(state).every((key) => ['person', 'caret'].includes(key))).toBe(true)
      expect([victim.id, editor.id, viewer.id, carla.id]).toContain(state.person)
    }
    await stillWorks()
    expect(view(anna.doc)).toBe(view(await newcomer()))
  })

  test('every kind of attack is there', () => {
    expect(new Set(attack.map(([id]) => id[0]))).toEqual(new Set('ADZCMRPVW'))
    expect(attack.length).toBeGreaterThanOrEqual(130)
  })
})

describe('every write to a closed document', () => {
  const writes = named((one) => LOCKING(one) || (one.category === 'control' && one.id !== 'N09')) // N09 is presence
  test.each(writes)('%s %s changes nothing', async (id) => {
    const { sql } = t.app.db
    const one = build(board(), NAMES).find((found) => found.id === id)!
    const client = await play(one, CLOSED)
    await until(() => client.closedWith !== null)
    expect([4400, 4409, 4413]).toContain(client.closedWith)
    client.close()
    const content = await documents.content(sql, CLOSED)
    expect(content).toMatchObject({ seq: 1 })
    expect(content.updates).toHaveLength(1)
  })
  test('all the ways of writing are tried', () => {
    expect(writes.length).toBeGreaterThan(35)
  })
})

describe('what honest people send', () => {
  test.each(honestly)('%s %s is taken', async (id) => {
    const before = await newcomer()
    const one = casesFor(before).find((found) => found.id === id)!
    const client = await play(one, OPEN)
    expect(client.closedWith).toBe(null)
    expect(client.refused).toEqual([])
    const changes = one.expect.doc === 'changed'
    await until(() => (view(anna.doc) !== view(before)) === changes)
    expect(anna.closedWith).toBe(null)
    await stillWorks()
  })
})

describe('a handshake that must not lead to the table', () => {
  const upgrade = {
    Upgrade: 'websocket',
    Connection: 'Upgrade',
    'Sec-WebSocket-Key': 'dGhlIHNhbXBsZSBub25jZQ==',
    'Sec-WebSocket-Version': '13',
  }
  const { host, port } = { host: '127.0.0.1', port: () => new URL(t.base).port }
  const shakes: [string, () => { path?: string; headers?: Record<string, string> }][] = [
    [
      'H01 another site, with a valid cookie',
      () => ({ headers: { Origin: 'https://evil.example' } }),
    ],
    ['H02 Origin: null', () => ({ headers: { Origin: 'null' } })],
    [
      'H03 our name as the beginning of another',
      () => ({ headers: { Origin: `https://${host}.evil.example` } }),
    ],
    [
      'H03 our name as the end of another',
      () => ({ headers: { Origin: `http://evil${host}:${port()}` } }),
    ],
    ['H04 no cookie', () => ({ headers: { Cookie: '' } })],
    [
      'H05 a cookie of nobody',
      () => ({ headers: { Cookie: 'session=aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa' } }),
    ],
    ['H06 a document of another plan', () => ({ path: '/sync/of-another-plan' })],
    [
      'H07 a token in the address instead of a cookie',
      () => ({
        path: `/sync/${OPEN}?session=${editor.cookie.split('=')[1]}`,
        headers: { Cookie: '' },
      }),
    ],
    ['H08 a path with dots', () => ({ path: `/sync/../sync/${OPEN}/../../etc` })],
    ['H09 an address of 8,000 characters', () => ({ path: `/sync/${'a'.repeat(8000)}` })],
    [
      'H11 a protocol name of 50,000 blanks',
      () => ({
        headers: { 'Sec-WebSocket-Protocol': `b${' '.repeat(15_000)}x` },
      }),
    ],
    [
      'H12 two thousand headers',
      () => ({
        headers: Object.fromEntries(Array.from({ length: 2100 }, (_, n) => [`X${n}`, 'x'])),
      }),
    ],
    ['H13 an old version of the protocol', () => ({ headers: { 'Sec-WebSocket-Version': '7' } })],
  ]
  test.each(shakes)('%s', async (_title, asked) => {
    const { path, headers } = asked()
    const { status, code } = await knock(t.base, {
      path: path ?? `/sync/${OPEN}`,
      headers: {
        ...upgrade,
        Cookie: editor.cookie,
        Origin: `http://127.0.0.1:${port()}`,
        ...headers,
      },
    })
    // refused before the upgrade, or closed for good right after it
    const refused =
      status === 0 || status >= 400 || (status === 101 && code! >= 4400 && code! < 4500)
    expect(refused, `${status} ${code}`).toBe(true)
    await stillWorks()
  })
  test('the same handshake by our own page is let in', async () => {
    const { status, code } = await knock(t.base, {
      path: `/sync/${OPEN}`,
      headers: { ...upgrade, Cookie: editor.cookie, Origin: `http://127.0.0.1:${port()}` },
    })
    expect([status, code]).toEqual([101, null])
  })
})
