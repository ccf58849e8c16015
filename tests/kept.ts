/** What a page has put down on its own device, read as the next page would. */
import type { Page } from 'playwright'
import * as Y from 'yjs'
import { goalOf } from '#live/documents.ts'

/** The words of every goal that lies there now; a person who stops writing has them there at once. */
export async function goalsOn(page: Page): Promise<string[]> {
  const documents = await page.evaluate(async () => {
    const names = (await indexedDB.databases()).map(({ name }) => name ?? '')
    const pieces = (name: string) =>
      new Promise<number[][]>((resolve, reject) => {
        const request = indexedDB.open(name)
        request.onerror = () => reject(new Error(name))
        request.onsuccess = () => {
          const database = request.result
          const all = database.transaction('updates').objectStore('updates').getAll()
          all.onsuccess = () => resolve(all.result.map((piece: Uint8Array) => [...piece]))
          database.close()
        }
      })
    return Promise.all(names.filter((name) => name.startsWith('aan-tafel:')).map(pieces))
  })
  return documents.map((pieces) => {
    const doc = new Y.Doc()
    for (const piece of pieces) Y.applyUpdate(doc, Uint8Array.from(piece))
    return String(goalOf(doc).goal.get('plainText') ?? '')
  })
}
