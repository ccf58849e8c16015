/** At the door of a document: how many connections one person may have, however they come. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { CLOSE } from '#live/wire.ts'
import { table, until, type Table } from '../../table.ts'

let t: Table
beforeAll(async () => (t = await table({ LIMIT_CONNECTIONS: '5' })))
afterAll(() => t.close())

test('of connections that come side by side no more are let in than one person may have', async () => {
  const ria = await t.person('ria')
  const board = await t.board()
  const pens = Array.from({ length: 12 }, () => ria.open(board))
  const refused = () => pens.filter(({ closes }) => closes.includes(CLOSE.tooFast))
  const inside = () => pens.filter(({ provider }) => provider.synced)
  await until(() => refused().length + inside().length === pens.length)
  expect([inside().length, refused().length]).toEqual([5, 7])
  expect(t.app.connections).toBe(5)
})
