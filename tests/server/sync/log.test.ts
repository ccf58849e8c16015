import { expect, test } from 'vitest'
import type { Sql } from '#server/db/open.ts'
import { Log, type Batch, type LogRoom } from '#server/sync/log.ts'

/** A database that says yes to everything. */
const willing = ((strings: TemplateStringsArray, id: string) =>
  Promise.resolve(strings.join('').includes('insert') ? [{ id }] : [])) as unknown as Sql

test('who comes just when the log has nothing left to do is not overlooked', async () => {
  const log = new Log(willing, { queryMs: 1000, gatherMs: 0 })
  const update = { personId: 'a', data: new Uint8Array([0, 0]) }
  const batch = (base: number): Batch => ({
    ...{ planId: 'p', documentId: 'd', base, hands: [], updates: [update] },
  })
  const once = (base: number) =>
    new Promise<void>((done) => {
      let waiting: Batch | null = batch(base)
      const room: LogRoom = {
        take() {
          const taken = waiting
          waiting = null
          return taken
        },
        settled: () => done(),
      }
      log.want(room)
    })
  // each begins a moment after the last has settled, every time one step of the loop later
  for (let later = 0; later < 12; later++) {
    await once(later * 2)
    for (let n = 0; n < later; n++) await Promise.resolve()
    await once(later * 2 + 1)
  }
  await log.idle()
  expect(log.counts).toMatchObject({ commits: 24, updates: 24, failures: 0 })
})
