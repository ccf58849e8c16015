/**
 * `beforeAll` and `afterAll` of a file whose tests share a server and a browser. Before a test that
 * failed runs again all of it is cleared and set anew, so that it finds everything as it was.
 */
import { afterAll as atEnd, beforeAll as atStart, beforeEach } from 'vitest'

type Hook = () => unknown
const sets: Hook[] = []
const clears: Hook[] = []

export function beforeAll(set: Hook): void {
  sets.push(set)
  atStart(async () => void (await set()))
}
export function afterAll(clear: Hook): void {
  clears.push(clear)
  atEnd(async () => void (await clear()))
}

beforeEach(async ({ task }) => {
  if (!task.result?.retryCount) return
  for (const clear of clears) await Promise.resolve(clear()).catch(() => {}) // what is left of it
  for (const set of sets) await set()
})
