import { afterAll, beforeAll, expect, test } from 'vitest'
import { decidedView, notFollow, tickTopic } from '#server/decided.ts'
import * as events from '#server/db/events.ts'
import { readDocument } from '#server/rounds.ts'
import { readCards } from '#live/documents.ts'
import { table, type Table } from '../table.ts'

let t: Table
beforeAll(async () => (t = await table()))
afterAll(() => t.close())

const cards = async (planId: string) =>
  readCards(await readDocument(t.app.db.sql, await t.board('shared', planId)))

test('the demo plan of Jan says which wish is not followed, on which ground, and the wish stands', async () => {
  const { sql } = t.app.db
  const { notFollowed } = await decidedView(sql, 'plan-05')
  expect(notFollowed).toMatchObject([
    { ground: 'others', reason: expect.stringContaining('Precies acht uur') as string },
  ])
  const wish = (await cards('plan-05')).find(({ id }) => id === notFollowed[0]!.cardId)
  expect(wish).toMatchObject({ kind: 'wish', text: expect.stringContaining('acht') as string })
  const kinds = (await events.ofPlan(sql, 'plan-05')).map(({ kind }) => kind)
  expect(kinds).toContain('wish-not-followed')
})

test('only the care team decides it, about a wish on the shared board, and both ways stay on record', async () => {
  const { sql } = t.app.db
  const [ria, fatima] = [await t.person('ria'), await t.person('fatima')]
  const before = await cards('plan-01')
  const cardId = before.find(({ kind }) => kind === 'wish')!.id
  const why = { planId: 'plan-01', cardId, followed: false, ground: 'indication' } as const
  const asked = { ...why, reason: 'Dit is niet toegekend.', consulted: '' }
  expect(await notFollow(t.app.acts, ria.account, asked)).toBe('no-access')
  expect(await notFollow(t.app.acts, fatima.account, { ...asked, ground: undefined })).toBe(
    'ground-missing',
  )
  expect(await notFollow(t.app.acts, fatima.account, { ...asked, cardId: 'gone' })).toBe(
    'unknown-card',
  )
  await notFollow(t.app.acts, fatima.account, asked)
  expect((await decidedView(sql, 'plan-01')).notFollowed).toMatchObject([{ cardId }])
  await notFollow(t.app.acts, fatima.account, { planId: 'plan-01', cardId, followed: true })
  expect((await decidedView(sql, 'plan-01')).notFollowed).toEqual([])
  expect(await cards('plan-01')).toEqual(before)
  const rows = await sql`select followed from wish_not_followed where plan_id = 'plan-01'`
  expect(rows).toHaveLength(2)
  const chain = await events.ofPlan(sql, 'plan-01')
  expect(JSON.stringify(chain)).not.toContain('toegekend')
  await expect(sql`delete from wish_not_followed`).rejects.toThrow('only added to')
})

test('Blz 6.1.1 (L2): a topic stands where it was last said to stand', async () => {
  const { sql } = t.app.db
  const [marjan, fatima] = [await t.person('marjan'), await t.person('fatima')]
  const tick = { planId: 'plan-01', topic: 'food', state: 'later' } as const
  expect(await tickTopic(t.app.acts, marjan.account, tick)).toBe('no-access')
  await tickTopic(t.app.acts, fatima.account, tick)
  await tickTopic(t.app.acts, fatima.account, { ...tick, state: 'discussed' })
  expect((await decidedView(sql, 'plan-01')).topics).toMatchObject([
    { topic: 'food', state: 'discussed', recordedBy: fatima.id },
  ])
})
