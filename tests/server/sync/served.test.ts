import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { Served } from '#server/sync/served.ts'
import { chance } from '../../random.ts'

const empty = () => new Served('d', { seq: 0, updates: [], tail: 0 })
const read = (update: Uint8Array) => {
  const doc = new Y.Doc()
  Y.applyUpdate(doc, update)
  return doc.getText('t').toString()
}

test.each([1, 2, 3, 5, 8])(
  'seed %i: whenever it is asked, and however much waits, it serves all that is durable',
  (seed) => {
    const random = chance(seed)
    const served = empty()
    const people = [new Y.Doc(), new Y.Doc()]
    const mirror = new Y.Doc() // somebody who hears every frame
    let [waiting, seq]: [Uint8Array[], number] = [[], 0]
    for (const doc of people) doc.on('update', (update: Uint8Array) => waiting.push(update))
    const asked = { whole: 0, vector: 0, missing: 0, rest: 0 }
    for (let step = 0; step < 600; step++) {
      const doc = people[step % 2]!
      const text = doc.getText('t')
      if (text.length > 5 && random() < 0.3) text.delete(Math.floor(random() * text.length), 1)
      else text.insert(Math.floor(random() * (text.length + 1)), 'abc')
      const batch = waiting
      waiting = []
      seq += batch.length
      const shown = served.take(batch, seq)
      Y.applyUpdate(mirror, shown!)
      for (const other of people) Y.applyUpdate(other, shown!)
      waiting = []
      const truth = text.toString()
      expect(mirror.getText('t').toString()).toBe(truth)
      const what = random()
      if (what < 0.02) expect([read(served.whole()), asked.whole++][0]).toBe(truth)
      else if (what < 0.04)
        expect([served.vector(), asked.vector++][0]).toEqual(Y.encodeStateVector(mirror))
      else if (what < 0.06) {
        const late = new Y.Doc()
        Y.applyUpdate(late, served.missing(Y.encodeStateVector(late))!)
        expect([late.getText('t').toString(), asked.missing++][0]).toBe(truth)
      } else if (what < 0.08) {
        served.rest()
        asked.rest++
      }
    }
    expect(served.seq).toBe(600)
    for (const times of Object.values(asked)) expect(times).toBeGreaterThan(0)
  },
)

test('what comes together is shown together, as one update', () => {
  const doc = new Y.Doc()
  const updates: Uint8Array[] = []
  doc.on('update', (update: Uint8Array) => updates.push(update))
  for (const letter of 'samen') doc.getText('t').insert(doc.getText('t').length, letter)
  const served = empty()
  expect(read(served.take(updates, 5)!)).toBe('samen')
  expect(read(served.whole())).toBe('samen')
})

test('what is stored in one piece goes out as it lies there, until somebody writes', () => {
  const doc = new Y.Doc()
  doc.getText('t').insert(0, 'Een zin.')
  const data = Y.encodeStateAsUpdate(doc)
  const served = new Served('d', { seq: 7, updates: [data], tail: 0 })
  expect(served.whole()).toBe(data)
  let more: Uint8Array = new Uint8Array()
  doc.on('update', (update: Uint8Array) => (more = update))
  doc.getText('t').insert(8, ' En nog een.')
  served.take([more], 8)
  expect(read(served.whole())).toBe('Een zin. En nog een.')
  expect(served.vector()).toEqual(Y.encodeStateVector(doc))
})
