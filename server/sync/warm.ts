/** Before the first person types: what every key press runs through has been compiled. */
import { setImmediate as breath } from 'node:timers/promises'
import * as Y from 'yjs'
import { addCard, cardText } from '#live/documents.ts'
import type { Limits, Verdict, Writer } from './judge/contract.ts'
import { judge } from './judge/judge.ts'
import { Served } from './served.ts'
import * as documents from '../db/documents.ts'
import type { Sql } from '../db/open.ts'
import * as plans from '../db/plans.ts'
import * as sessions from '../db/sessions.ts'

/** So many key presses until the compiler has nothing left to improve. */
const KEYS = 1500
const SLICE = 20

/**
 * Lets the judge see somebody type in a document that nobody has, while the database opens. Without it the first thousand key presses after a start take ten times as
 * long to judge. Answers with the verdicts on it.
 */
export async function warmUp(limits: Limits, keys = KEYS): Promise<Set<Verdict['kind']>> {
  const [typing, stage] = [new Y.Doc(), new Y.Doc()]
  const waiting: Uint8Array[] = []
  typing.on('update', (update: Uint8Array) => waiting.push(update))
  const said = { saidBy: WRITER.personId, basis: 'own_words' as const }
  addCard(typing, { id: 'a', kind: 'wish', area: null, text: 'Een zin.', order: 'aV', ...said })
  const text = cardText(typing, 'a')!
  const kinds = new Set<Verdict['kind']>()
  for (let key = 0; key < keys; key++) {
    if (key % 5 === 4) text.delete(text.length - 1, 1)
    else text.insert(text.length, 'a')
    for (const update of waiting.splice(0)) {
      const at = { kind: 'board' as const, doc: () => stage, spoil: () => {} }
      kinds.add(judge(at, update, WRITER, limits).kind)
    }
    if (key % SLICE === 0) await breath()
  }
  return kinds
}

type Door = {
  db: { door: Sql }
  accountOf(cookie: string): Promise<unknown>
  rooms: { room(id: string): Promise<unknown> }
}

/**
 * Lets nobody come in, on every connection for it and then so often that the way in is compiled:
 * the database has planned its answers and the first person waits no longer than the hundredth.
 * Answers with what was found: nobody.
 */
export async function warmDoor(app: Door, times = 50): Promise<number> {
  const nobody = ['nobody']
  let found = 0
  for (const ask of [sessions.findAll, documents.load, plans.peopleAt]) {
    const both = await Promise.all([ask(app.db.door, nobody), ask(app.db.door, nobody)])
    found += both.flat().length
  }
  const page = new Y.Doc()
  page.getText('words').insert(0, 'Een zin. '.repeat(500))
  const updates = [Y.encodeStateAsUpdate(page)]
  for (let time = 0; time < times; time++) {
    if (await app.accountOf('session=nobody')) found++
    if (await app.rooms.room('nobody')) found++
    const served = new Served('nobody', { seq: 1, updates, tail: 0 })
    served.vector()
    served.missing(new Uint8Array([0]))
  }
  return found
}

const WRITER: Writer = {
  personId: 'nobody',
  mayWrite: true,
  mayRemoveAnyCard: true,
  mayAdd: () => true,
  ownerOf: () => 'nobody',
  isPerson: () => true,
  canSpeak: () => true,
}
