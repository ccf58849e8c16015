/** Before the first person types: what every key press runs through has been compiled. */
import { setImmediate as breath } from 'node:timers/promises'
import * as Y from 'yjs'
import { addCard, cardText } from '#live/documents.ts'
import type { Limits, Verdict, Writer } from './judge/contract.ts'
import { judge } from './judge/judge.ts'
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

/**
 * Asks what is asked at the door for everyone who comes in, on both its connections: the database
 * has planned its answers before the first person comes. Answers with what it found: nobody.
 */
export async function warmDoor(door: Sql): Promise<number> {
  const nobody = ['nobody']
  const questions = [sessions.findAll, documents.load, plans.peopleOfMany]
  let found = 0
  for (const ask of questions) {
    const both = await Promise.all([ask(door, nobody), ask(door, nobody)])
    found += both.flat().length
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
