/** Words on one's own device, in the storage of a real browser. */
import { afterEach, beforeEach, expect, test } from 'vitest'
import * as Y from 'yjs'
import { keepWords } from '#lib/live/kept-words.ts'

let name: string
let count = 0
beforeEach(() => {
  name = `aan-tafel:test:${count++}`
})
afterEach(() => void indexedDB.deleteDatabase(name))

const textOf = (doc: Y.Doc) => doc.getText('words')
function type(doc: Y.Doc, words: string): void {
  for (const letter of words) textOf(doc).insert(textOf(doc).length, letter)
}
/** What another page finds of it. */
async function found(): Promise<string> {
  const doc = new Y.Doc()
  const kept = await keepWords(name, doc)
  const words = String(textOf(doc))
  kept.destroy()
  return words
}
/** How many pieces lie there, and of how many writes they came is not known to anybody else. */
function pieces(): Promise<number> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(name)
    request.onerror = () => reject(request.error!)
    request.onsuccess = () => {
      const database = request.result
      const counted = database.transaction('updates').objectStore('updates').count()
      counted.onsuccess = () => {
        database.close()
        resolve(counted.result)
      }
    }
  })
}

test('what was written is found by the next page, in the order in which it came', async () => {
  const doc = new Y.Doc()
  const kept = await keepWords(name, doc)
  type(doc, 'Henk gaat vissen.')
  kept.destroy()
  type(doc, ' Dit niet meer.')
  expect(await found()).toBe('Henk gaat vissen.')
})

test('a whole sentence is down with the second write, and not letter by letter', async () => {
  const writes: IDBTransaction[] = []
  const { transaction } = IDBDatabase.prototype
  IDBDatabase.prototype.transaction = function (...asked) {
    const begun = transaction.apply(this, asked)
    if (asked[1] === 'readwrite') writes.push(begun)
    return begun
  }
  try {
    const doc = new Y.Doc()
    await keepWords(name, doc)
    type(doc, 'Henk gaat elke zaterdag vissen.')
    await expect.poll(found).toBe('Henk gaat elke zaterdag vissen.')
    doc.destroy()
    expect(writes.length).toBe(2)
  } finally {
    IDBDatabase.prototype.transaction = transaction
  }
})

test('what two pages of one person put down becomes one piece, and none of it goes', async () => {
  const [one, other] = [new Y.Doc(), new Y.Doc()]
  await keepWords(name, one)
  await keepWords(name, other)
  type(one, 'a'.repeat(300))
  type(other, 'b'.repeat(300))
  await expect.poll(async () => (await found()).length).toBe(600)
  for (const doc of [one, other]) doc.destroy()
  const next = new Y.Doc()
  await keepWords(name, next)
  type(next, 'c')
  await expect.poll(pieces).toBe(1)
  expect([...(await found())].sort().join('')).toBe('a'.repeat(300) + 'b'.repeat(300) + 'c')
  next.destroy()
})

test('words that were kept are not put down once more', async () => {
  const doc = new Y.Doc()
  await keepWords(name, doc)
  type(doc, 'Henk.')
  doc.destroy()
  for (let time = 0; time < 3; time++) expect(await found()).toBe('Henk.')
  expect(await pieces()).toBe('Henk.'.length)
})

test('it is taken away while a page has it open', async () => {
  const doc = new Y.Doc()
  await keepWords(name, doc)
  type(doc, 'Henk.')
  await new Promise<void>((resolve, reject) => {
    const request = indexedDB.deleteDatabase(name)
    request.onsuccess = () => resolve()
    request.onerror = () => reject(request.error!)
  })
  type(doc, ' Hij is weg.')
  expect(await found()).toBe('')
})
