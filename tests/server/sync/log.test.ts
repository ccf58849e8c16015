import { expect, test } from 'vitest'
import type { Sql } from '#server/db/open.ts'
import { Log, type Batch, type LogRoom } from '#server/sync/log.ts'

const update = { personId: 'a', data: new Uint8Array([0, 0]) }
const batchOf = (documentId: string, base: number): Batch => ({
  ...{ planId: 'p', documentId, base, hands: [], updates: [update] },
})

/** A room that hands over one batch; `settled` resolves when it heard what became of it. */
const handing = (batch: Batch) => {
  let waiting: Batch | null = batch
  let heard: () => void
  const settled = new Promise<void>((done) => (heard = done))
  const room: LogRoom = {
    take() {
      const taken = waiting
      waiting = null
      return taken
    },
    settled: () => heard(),
  }
  return { room, settled }
}

/** A database that says yes to everything. */
const willing = ((strings: TemplateStringsArray, id: string) =>
  Promise.resolve(strings.join('').includes('insert') ? [{ id }] : [])) as unknown as Sql

test('who comes just when the log has nothing left to do is not overlooked', async () => {
  const log = new Log(willing, { queryMs: 1000 })
  const once = (base: number) => {
    const { room, settled } = handing(batchOf('d', base))
    log.want(room)
    return settled
  }
  // each begins a moment after the last has settled, every time one step of the loop later
  for (let later = 0; later < 12; later++) {
    await once(later * 2)
    for (let n = 0; n < later; n++) await Promise.resolve()
    await once(later * 2 + 1)
  }
  await log.idle()
  expect(log.counts).toMatchObject({ commits: 24, updates: 24, failures: 0 })
})

test('a commit that takes long holds up nobody else, and what comes meanwhile goes together', async () => {
  const asked: { ids: string[]; answer: () => void }[] = []
  const slow = ((strings: TemplateStringsArray, ...values: unknown[]) => {
    if (!strings.join('').includes('insert')) return [] // a part of a statement
    const ids = values.flat().filter((value) => /^d\d$/.test(String(value))) as string[]
    const own = [...new Set(ids)]
    return new Promise((done) => {
      asked.push({ ids: own, answer: () => done(own.map((id) => ({ id }))) })
    })
  }) as unknown as Sql
  const log = new Log(slow, { queryMs: 1e6 })
  const rooms = Array.from({ length: 5 }, (_, n) => handing(batchOf(`d${n}`, 0)))
  for (const { room } of rooms) {
    log.want(room)
    await new Promise((done) => setImmediate(done))
  }
  expect(asked.map(({ ids }) => ids)).toEqual([['d0'], ['d1']]) // two under way, three wait
  asked[1]!.answer()
  await rooms[1]!.settled
  await new Promise((done) => setImmediate(done))
  expect(asked[2]!.ids).toEqual(['d2', 'd3', 'd4'])
  asked[2]!.answer()
  await Promise.all([2, 3, 4].map((n) => rooms[n]!.settled))
  asked[0]!.answer()
  await log.idle()
  expect(log.counts).toMatchObject({ commits: 3, updates: 5 })
})
