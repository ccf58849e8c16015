/** Bad networks (trust.md F10–F14, F21): nothing is lost, doubled or stuck, and nobody pays for another. */
import { connect } from 'node:net'
import { randomBytes } from 'node:crypto'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import * as Y from 'yjs'
import { addCard, cardText, goalOf } from '#live/documents.ts'
import { canonical } from '#plan/canonical.ts'
import { isRefusal } from '#plan/refusals.ts'
import * as documents from '#server/db/documents.ts'
import { createGoal, presentGoal } from '#server/goals.ts'
import { chance } from '../random.ts'
import { Pen, table, until, type Guest, type Table } from '../table.ts'
import { Network, type Mood } from './proxy.ts'

let t: Table
let people: Guest[]
const networks: Network[] = []
beforeAll(async () => {
  t = await table({ LIMIT_BACKLOG_BYTES: '262144' })
  people = await Promise.all(['ria', 'marjan', 'fatima', 'joost'].map((key) => t.person(key)))
})
afterEach(() => {
  for (const network of networks.splice(0)) network.close()
})
afterAll(() => t.close())

let boards = 0
/** A board of its own, open to everyone of plan-01. */
async function board(): Promise<string> {
  const id = `network-${boards++}`
  const row = { planId: 'plan-01', id, kind: 'board', zone: 'shared' } as const
  await documents.add(t.app.db.sql, { ...row, goalId: null, round: null, ownerId: null })
  return id
}

async function network(seed: number): Promise<{ network: Network; address: string }> {
  const made = new Network(t.base, chance(seed))
  networks.push(made)
  return { network: made, address: await made.open() }
}

const card = (pen: Pen, who: Guest, id: string) =>
  addCard(pen.doc, {
    ...{ id, kind: 'observation', area: null, text: '', order: 'a0' },
    ...{ saidBy: who.id, basis: who.key === 'ria' ? 'own_words' : 'observed' },
  })

/** The document as the log alone tells it. */
async function told(id: string): Promise<Y.Doc> {
  const doc = new Y.Doc()
  for (const update of (await documents.content(t.app.db.sql, id)).updates)
    Y.applyUpdate(doc, update)
  return doc
}

const bad: [string, Mood][] = [
  ['doubled (F11)', 'double'],
  ['swapped (F12)', 'swap'],
  ['lost (F12)', 'lossy'],
]
test.each(bad)('messages are %s, and all come together', async (...[, mood]) => {
  const id = await board()
  const { network: between, address } = await network(11)
  const pens = await Promise.all(people.map((who) => new Pen(address, id, who.cookie).synced()))
  const random = chance(7)
  for (const [at, pen] of pens.entries())
    if (people[at]!.key !== 'ria') card(pen, people[at]!, `k${at}`)
  between.mood = mood
  for (let n = 0; n < 240; n++) {
    const at = 1 + random.below(3)
    const text = cardText(pens[at]!.doc, `k${at}`)!
    if (text.length > 6 && random() < 0.2) text.delete(random.below(text.length - 2), 2)
    else text.insert(random.below(text.length + 1), random.one(['thee ', 'en ', 'roos ', 'tuin ']))
    if (n % 8 === 0) await new Promise((resolve) => setImmediate(resolve))
  }
  await until(() => between.harmed > 10)
  between.mood = 'fair'
  between.cut() // what a lossy network ends in: everybody connects anew
  const whole = (doc: Y.Doc) => {
    const vector = [...Y.decodeStateVector(Y.encodeStateVector(doc))].sort()
    return canonical([vector, doc.getMap('cards').toJSON()]) // a deletion moves no clock
  }
  await until(async () => {
    const log = whole(await told(id))
    return pens.every((pen) => whole(pen.doc) === log)
  })
  const log = await told(id)
  expect(log.store.pendingStructs).toBe(null)
  for (const pen of pens) {
    expect(pen.closes.filter((code) => code >= 4400 && code < 4500)).toEqual([]) // nobody was taken for an attacker
    pen.close()
  }
})

test('a connection that went silent is given up by both, and loses nothing (F10)', async () => {
  const id = await board()
  const { network: between, address } = await network(3)
  const [, marjan, fatima] = people as [Guest, Guest, Guest, Guest]
  const pen = await new Pen(address, id, marjan.cookie).synced()
  const other = await new Pen(t.base, id, fatima.cookie).synced()
  card(pen, marjan, 'silent')
  await until(() => cardText(other.doc, 'silent') !== null)
  between.mood = 'silent'
  cardText(pen.doc, 'silent')!.insert(0, 'Nog niet aangekomen.')
  await new Promise((resolve) => setImmediate(resolve))
  expect(cardText(other.doc, 'silent')!.toString()).toBe('')
  // y-websocket gives up after 30 s without a word; here its clock is set forward
  pen.provider.wsLastMessageReceived = Date.now() - 60_000
  between.mood = 'fair'
  await until(() => cardText(other.doc, 'silent')!.toString() === 'Nog niet aangekomen.')
  pen.close()
  other.close()
})

test('two screens of one person are both hers, with ids of their own; sign-out ends both (F13)', async () => {
  const id = await board()
  const who = await t.person('fatima')
  const [a, b] = [
    await new Pen(t.base, id, who.cookie).synced(),
    await new Pen(t.base, id, who.cookie).synced(),
  ]
  card(a, who, 'twee')
  await until(() => cardText(b.doc, 'twee') !== null)
  cardText(b.doc, 'twee')!.insert(0, 'van het andere scherm')
  await Promise.all([a.stored(), b.stored()])
  const hands = await documents.hands(t.app.db.sql, id)
  expect(new Set(hands.map((hand) => hand.clientId))).toEqual(
    new Set([a.doc.clientID, b.doc.clientID]),
  )
  expect(hands.map((hand) => hand.personId)).toEqual([who.id, who.id])
  await t.app.endSession(who.cookie)
  await until(() => a.closedWith === 4401 && b.closedWith === 4401)
})

test('an hour of writing without a network: open words merge, words for a closed goal stay with their writer (F14)', async () => {
  const id = await board()
  const [, marjan, fatima] = people as [Guest, Guest, Guest, Guest]
  const made = await createGoal(t.app.acts, fatima.account, {
    ...{ planId: 'plan-01', area: 'mental', wishes: [] },
  })
  if (isRefusal(made)) throw new Error(made)
  const goalId = made.documentId!
  const onBoard = await new Pen(t.base, id, marjan.cookie).synced()
  const onGoal = await new Pen(t.base, goalId, marjan.cookie).synced()
  const nurse = await new Pen(t.base, goalId, fatima.cookie).synced()
  const words = (pen: Pen) => goalOf(pen.doc).goal.get('plainText') as Y.Text
  words(nurse).insert(0, 'Elke dag naar buiten.')
  card(onBoard, marjan, 'lang')
  await until(() => words(onGoal).length > 0)
  await Promise.all([nurse.stored(), onBoard.stored()])
  for (const pen of [onBoard, onGoal]) pen.provider.disconnect()
  for (let n = 0; n < 2000; n++) {
    const text = cardText(onBoard.doc, 'lang')!
    text.insert(text.length, n % 20 === 19 ? '. ' : 'a')
    if (n % 10 === 0) words(onGoal).insert(words(onGoal).length, ' meer')
  }
  const mine = words(onGoal).toString()
  const shown = await presentGoal(t.app.acts, fatima.account, { goalId: made.id, parties: [] })
  if (isRefusal(shown)) throw new Error(shown)
  for (const pen of [onBoard, onGoal]) pen.provider.connect()
  await onBoard.stored()
  await until(() => onGoal.closedWith === 4409)
  expect(cardText(await told(id), 'lang')!.toString()).toBe(
    cardText(onBoard.doc, 'lang')!.toString(),
  )
  expect(words(onGoal).toString()).toBe(mine) // she keeps every word on her screen
  const log = await told(goalId)
  expect((goalOf(log).goal.get('plainText') as Y.Text).toString()).toBe('Elke dag naar buiten.')
  expect(shown.words.plainText).toBe('Elke dag naar buiten.')
  for (const pen of [onBoard, onGoal, nurse]) pen.close()
})

test('a reader who does not read is cut at the limit, and the others notice nothing (F21)', async () => {
  const id = await board()
  const [, marjan, fatima] = people as [Guest, Guest, Guest, Guest]
  const url = new URL(t.base)
  const lazy = connect(Number(url.port), url.hostname)
  lazy.on('error', () => {})
  const gone = new Promise((resolve) => lazy.once('close', resolve))
  lazy.write(
    `GET /sync/${id} HTTP/1.1\r\nHost: ${url.host}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n` +
      `Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: ${randomBytes(16).toString('base64')}\r\n` +
      `Cookie: ${marjan.cookie}\r\n\r\n`,
  )
  await until(() => lazy.bytesRead > 100 && (t.app.rooms.open(id)?.peers.size ?? 0) > 0)
  const room = t.app.rooms.open(id)!
  const [peer] = [...room.peers]
  lazy.pause() // and never reads again
  const [a, b] = [
    await new Pen(t.base, id, fatima.cookie).synced(),
    await new Pen(t.base, id, people[3]!.cookie).synced(),
  ]
  card(a, fatima, 'veel')
  let most = 0
  let n = 0
  while (room.peers.has(peer!) && n++ < 3000) {
    const text = cardText(a.doc, 'veel')!
    if (text.length > 0) text.delete(0, text.length)
    text.insert(0, 'Veel woorden voor wie niet leest. '.repeat(300))
    await a.stored()
    most = Math.max(most, peer!.socket.bufferedAmount)
  }
  expect(room.peers.has(peer!)).toBe(false)
  expect(most).toBeLessThan(262_144 + 100_000)
  await until(() => cardText(b.doc, 'veel')!.toString() === cardText(a.doc, 'veel')!.toString())
  lazy.resume()
  await gone
  for (const pen of [a, b]) pen.close()
})

test('a document that cannot be put together is kept apart; the others are served (F23)', async () => {
  const [sick, well] = [await board(), await board()]
  const { sql } = t.app.db
  const poison = Buffer.from([1, 1, 7, 0, 0, 0, 0]) // a GC of length 0: unloadable for every newcomer
  await sql`insert into document_update (plan_id, document_id, seq, batch, data)
    values ('plan-01', ${sick}, 1, 'by hand', ${poison})`
  await sql`update document set seq = 1 where id = ${sick}`
  const [, marjan] = people as [Guest, Guest]
  const refused = new Pen(t.base, sick, marjan.cookie)
  await until(() => refused.closes.includes(4503))
  const pen = await new Pen(t.base, well, marjan.cookie).synced()
  card(pen, marjan, 'gezond')
  await pen.stored()
  expect(cardText(await told(well), 'gezond')).not.toBe(null)
  expect([...new Set(refused.closes)]).toEqual([4503]) // to try again: somebody may mend it
  refused.close()
  pen.close()
})
