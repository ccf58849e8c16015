/**
 * Seeded people who write, go offline, come back, misbehave, present and open again, in every order.
 *
 * Afterwards: all screens and the log are the same; every character is in the hand that typed it
 * (each writes with letters of their own); a closed document never changed; what was acknowledged,
 * and what anybody saw of another, is stored. A seed that failed once stays here by name.
 */
import { afterAll, beforeAll, expect, test } from 'vitest'
import * as Y from 'yjs'
import { runsOf } from '#live/attribution.ts'
import { addAction, goalOf, VOICE, wordsOf } from '#live/documents.ts'
import type { GoalView } from '#live/wire.ts'
import { canonical } from '#plan/canonical.ts'
import { isRefusal } from '#plan/refusals.ts'
import * as documents from '#server/db/documents.ts'
import { createGoal, presentGoal, reviseGoal } from '#server/goals.ts'
import { chance, type Chance } from '../../random.ts'
import { table, until, type Guest, type Pen, type Table } from '../../table.ts'

const LETTERS = { ria: 'abcdef', marjan: 'ghijkl', fatima: 'mnopqr', joost: 'stuvwx' } as const
type Key = keyof typeof LETTERS
const KEYS = Object.keys(LETTERS) as Key[]
/** Who take their own typing back; they delete nothing, for a word that is put back is in the hand that puts it back. */
const UNDOING: readonly Key[] = ['fatima', 'joost']
const FIELDS = ['plainText', 'professionalText', 'success'] as const

let t: Table
const cast = new Map<Key, Guest>()
beforeAll(async () => {
  t = await table()
  for (const key of KEYS) cast.set(key, await t.person(key))
})
afterAll(() => t.close())

const goal = (value: unknown): GoalView => {
  if (isRefusal(value)) throw new Error(value)
  return value as GoalView
}
const vector = (doc: Y.Doc) => [...Y.decodeStateVector(Y.encodeStateVector(doc))].sort()
/** Everything that stands in a document, and how far each hand has come: a deletion moves no clock. */
const whole = (doc: Y.Doc) => {
  const { goal, actions } = goalOf(doc)
  return canonical([vector(doc), goal.toJSON(), actions.toJSON()])
}
const textOf = (doc: Y.Doc, key: string) => goalOf(doc).goal.get(key) as Y.Text

/** The document as the log alone tells it. */
async function told(id: string): Promise<Y.Doc> {
  const doc = new Y.Doc()
  const { updates } = await documents.content(t.app.db.sql, id)
  for (const update of updates) Y.applyUpdate(doc, update)
  return doc
}

/** What a whole run did, so that no run can pass by doing nothing. */
const done = { edits: 0, offline: 0, refusals: 0, locks: 0, undone: 0, late: 0 }

class Run {
  readonly #random: Chance
  #goal!: GoalView
  #pens = new Map<Key, { pen: Pen; undo: Y.UndoManager }>()
  /** Documents that were closed, as they were at that moment. */
  readonly #closed = new Map<string, { seq: number; words: string }>()
  #documentId = ''
  #actions = 0

  constructor(seed: number) {
    this.#random = chance(seed)
  }

  async begin(): Promise<this> {
    const fatima = cast.get('fatima')!
    this.#goal = goal(
      await createGoal(t.app.acts, fatima.account, {
        ...{ planId: 'plan-01', area: 'living', wishes: [] },
      }),
    )
    await this.#sit()
    return this
  }

  async #sit(): Promise<void> {
    this.#documentId = this.#goal.documentId!
    for (const key of KEYS) await this.#open(key)
  }

  async #open(key: Key): Promise<void> {
    this.#pens.get(key)?.pen.close()
    const pen = await cast.get(key)!.open(this.#documentId).synced()
    const fields = FIELDS.map((field) => textOf(pen.doc, field))
    this.#pens.set(key, { pen, undo: new Y.UndoManager(fields, { captureTimeout: 0 }) })
  }

  async step(): Promise<void> {
    const random = this.#random
    const key = random.one(KEYS)
    const { pen, undo } = this.#pens.get(key)!
    const what = random()
    if (what < 0.68) this.#edit(key, pen)
    else if (what < 0.74) {
      if (UNDOING.includes(key) && undo.undo()) done.undone++
    } else if (what < 0.8) {
      if (pen.provider.shouldConnect) {
        pen.provider.disconnect()
        done.offline++
      } else pen.provider.connect()
    } else if (what < 0.85) addAction(pen.doc, `a${this.#actions++}`, null, `a${random.below(9)}`)
    else if (what < 0.88) await this.#misbehave(key)
    else if (what < 0.9) await this.#lock()
    else if (what < 0.96) await new Promise((resolve) => setTimeout(resolve, random.below(4)))
    else await this.#nothingUnstoredWasShown()
  }

  #edit(key: Key, pen: Pen): void {
    const random = this.#random
    const text = textOf(pen.doc, random.one(FIELDS))
    if (!UNDOING.includes(key) && text.length > 4 && random() < 0.3)
      text.delete(random.below(text.length - 2), 1 + random.below(2))
    else {
      const word = Array.from({ length: 1 + random.below(4) }, () => random.one([...LETTERS[key]]))
      text.insert(random.below(text.length + 1), word.join(''), {})
    }
    done.edits++
  }

  /** Something an honest screen never sends: refused whole, and the screen starts over. */
  async #misbehave(key: Key): Promise<void> {
    const { pen } = this.#pens.get(key)!
    if (!pen.provider.wsconnected) return
    const before = pen.refused.length
    const text = textOf(pen.doc, 'plainText')
    text.insert(0, 'Z', { [VOICE]: 'nobody:own_words' })
    await until(() => pen.refused.length > before || pen.closedWith !== null)
    if (pen.refused.length > before) done.refusals++
    await this.#open(key)
  }

  /** Lays the words before people in the middle of it all, then opens them again. */
  async #lock(): Promise<void> {
    const fatima = cast.get('fatima')!
    const shown = await presentGoal(t.app.acts, fatima.account, {
      ...{ goalId: this.#goal.id, parties: [] },
    })
    if (shown === 'no-words') return
    const { words } = goal(shown)
    const { seq } = await documents.content(t.app.db.sql, this.#documentId)
    const stored = await told(this.#documentId)
    expect(wordsOf(stored)).toEqual(words)
    this.#closed.set(this.#documentId, { seq, words: canonical(words) })
    for (const key of KEYS) {
      const { pen } = this.#pens.get(key)!
      const mine = textOf(pen.doc, 'plainText').toString()
      this.#edit(key, pen) // a keystroke too late
      pen.provider.connect()
      await until(() => pen.closedWith === 4409)
      expect(textOf(pen.doc, 'plainText').toString().length).toBeGreaterThanOrEqual(
        mine.length - 2 > 0 ? mine.length - 2 : 0,
      )
      if (canonical(wordsOf(pen.doc)) !== canonical(words)) done.late++
    }
    done.locks++
    this.#goal = goal(await reviseGoal(t.app.acts, fatima.account, this.#goal.id))
    const forked = await told(this.#goal.documentId!)
    expect(wordsOf(forked)).toEqual(words)
    await this.#sit()
  }

  /** What somebody sees of another is in the log already. */
  async #nothingUnstoredWasShown(): Promise<void> {
    const seen = new Map<number, number>()
    const own = new Set([...this.#pens.values()].map(({ pen }) => pen.doc.clientID))
    for (const { pen } of this.#pens.values())
      for (const [client, clock] of vector(pen.doc))
        if (client !== pen.doc.clientID && own.has(client))
          seen.set(client, Math.max(clock, seen.get(client) ?? 0))
    const saved = new Map([...this.#pens.values()].flatMap(({ pen }) => [...pen.saved]))
    const log = await told(this.#documentId)
    for (const [client, clock] of [...seen, ...saved])
      expect(Y.getState(log.store, client)).toBeGreaterThanOrEqual(clock)
  }

  async end(): Promise<void> {
    const pens = [...this.#pens.values()].map(({ pen }) => pen)
    for (const pen of pens) pen.provider.connect()
    let log = await told(this.#documentId)
    await until(async () => {
      log = await told(this.#documentId)
      return pens.every((pen) => whole(pen.doc) === whole(log))
    })
    await this.#nothingUnstoredWasShown()
    expect([log.store.pendingStructs, log.store.pendingDs]).toEqual([null, null])
    const hands = await documents.hands(t.app.db.sql, this.#documentId)
    const keyOf = new Map([...cast].map(([key, guest]) => [guest.id, key]))
    for (const field of FIELDS) {
      for (const run of runsOf(textOf(log, field))) {
        const hand = hands.find(({ clientId }) => clientId === run.clientId)
        const letters = LETTERS[keyOf.get(hand?.personId ?? '')!]
        expect([...run.text].filter((letter) => !letters.includes(letter))).toEqual([])
      }
    }
    for (const [id, was] of this.#closed) {
      expect(await documents.content(t.app.db.sql, id)).toMatchObject({ seq: was.seq })
      expect(canonical(wordsOf(await told(id)))).toBe(was.words)
    }
    for (const pen of pens) pen.close()
  }
}

async function run(seed: number): Promise<void> {
  const one = await new Run(seed).begin()
  for (let n = 0; n < 150; n++) await one.step()
  await one.end()
}

test.each([1, 2, 3, 5, 8, 13, 21, 34, 55, 89, 144, 233, 377, 610])(
  'seed %i: all come to the same, each in their own hand',
  async (seed) => {
    expect.hasAssertions()
    await run(seed)
  },
)

test('edits, refusals, locks, late words and undoing really happened', () => {
  expect(done.edits).toBeGreaterThan(500)
  expect(done.offline).toBeGreaterThan(20)
  expect(done.refusals).toBeGreaterThan(5)
  expect(done.locks).toBeGreaterThan(5)
  expect(done.late).toBeGreaterThan(5)
  expect(done.undone).toBeGreaterThan(10)
})
