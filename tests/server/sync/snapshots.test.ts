import { expect, test } from 'vitest'
import type { Sql } from '#server/db/open.ts'
import { Snapshots, type Grown } from '#server/sync/snapshots.ts'

/** Takes what is to be stored, each after a while. */
function store(ms = 5) {
  const kept: string[] = []
  let [under, most] = [0, 0]
  const sql = ((_text: TemplateStringsArray, _plan: string, id: string) => {
    most = Math.max(most, ++under)
    return new Promise((done, fail) =>
      setTimeout(() => {
        under--
        if (id === 'away') return fail(new Error('away'))
        kept.push(id)
        done([])
      }, ms),
    )
  }) as unknown as Sql
  return { sql, kept, most: () => most }
}

const grown = (id: string): Grown & { asked: number } => ({
  row: { planId: 'p', id },
  asked: 0,
  snapshot() {
    this.asked++
    return { seq: 1, data: new Uint8Array([0, 0]) }
  },
})

test('documents that are full together are kept one at a time, each once', async () => {
  const { sql, kept, most } = store()
  const snapshots = new Snapshots({ sql, queryMs: 1000, stands: () => true, trouble: () => {} })
  const rooms = ['a', 'b', 'c', 'd'].map(grown)
  for (const room of [...rooms, ...rooms]) snapshots.want(room)
  expect(rooms.map(({ asked }) => asked)).toEqual([0, 0, 0, 0]) // who types is not held up
  await snapshots.idle()
  expect(kept).toEqual(['a', 'b', 'c', 'd'])
  expect(most()).toBe(1)
  snapshots.want(rooms[0]!)
  await snapshots.idle()
  expect(kept).toEqual(['a', 'b', 'c', 'd', 'a'])
})

test('one that was erased is not kept, and one that fails stops no other', async () => {
  const { sql, kept } = store()
  const told: string[] = []
  const erased = grown('erased')
  const snapshots = new Snapshots({
    sql,
    queryMs: 1000,
    stands: (room) => room !== erased,
    trouble: (what) => told.push(what),
  })
  for (const room of [erased, grown('away'), grown('a')]) snapshots.want(room)
  await snapshots.idle()
  expect(kept).toEqual(['a'])
  expect(erased.asked).toBe(0)
  expect(told).toEqual(['a snapshot was not kept'])
})
