import { afterAll, beforeAll, expect, test } from 'vitest'
import * as Y from 'yjs'
import { addCard, cardText, goalOf, readCards, wordsOf } from '#live/documents.ts'
import { isRefusal } from '#plan/refusals.ts'
import { answerGoal } from '#server/agreement.ts'
import { createGoal, presentGoal, reviseGoal } from '#server/goals.ts'
import type { GoalView } from '#live/wire.ts'
import { newId } from '#server/ids.ts'
import { Pen, table, until, type Table } from '../../table.ts'

let t: Table
beforeAll(async () => (t = await table()))
afterAll(() => t.close())

const goal = (value: unknown): GoalView => {
  if (isRefusal(value)) throw new Error(value)
  return value as GoalView
}

test('two people meet on the board, and what they write is stored with its writer', async () => {
  const [fatima, marjan] = [await t.person('fatima'), await t.person('marjan')]
  const id = await t.board()
  const a = await fatima.open(id).synced()
  const b = await marjan.open(id).synced()
  expect(readCards(a.doc).filter((card) => card.kind === 'wish')).toHaveLength(4)
  const card = {
    id: 'nieuw1',
    kind: 'point' as const,
    area: null,
    text: 'Nieuwe schoenen',
    order: 'z',
  }
  addCard(a.doc, { ...card, saidBy: fatima.id, basis: 'professional_view' })
  await until(() => cardText(b.doc, 'nieuw1')?.toString() === 'Nieuwe schoenen')
  await a.stored()
  cardText(b.doc, 'nieuw1')!.insert(0, 'Stevige ')
  await until(() => cardText(a.doc, 'nieuw1')!.toString() === 'Stevige Nieuwe schoenen')
  await b.stored()
  const rows = await t.app.db.sql<{ person_id: string }[]>`
    select person_id from document_update where document_id = ${id} and person_id is not null order by seq`
  expect(new Set(rows.map((row) => row.person_id))).toEqual(new Set([fatima.id, marjan.id]))
})

test('a goal is written, presented, agreed and locked for everyone', async () => {
  const [fatima, marjan, ria] = [
    await t.person('fatima'),
    await t.person('marjan'),
    await t.person('ria'),
  ]
  const { acts } = t.app
  const made = goal(
    await createGoal(acts, fatima.account, { planId: 'plan-01', area: 'mental', wishes: [] }),
  )
  const [a, b] = [
    await fatima.open(made.documentId!).synced(),
    await marjan.open(made.documentId!).synced(),
  ]
  const text = (pen: Pen) => goalOf(pen.doc).goal.get('plainText') as Y.Text
  text(a).insert(0, 'Ria belt elke week met Marjan.')
  await until(() => text(b).length > 0)
  await a.stored()
  const shown = goal(
    await presentGoal(acts, fatima.account, { goalId: made.id, parties: [marjan.id] }),
  )
  expect(shown.words.plainText).toBe('Ria belt elke week met Marjan.')
  await until(() => a.closedWith === 4409 && b.closedWith === 4409)
  const say = (who: typeof ria, key = who.key) =>
    answerGoal(acts, who.account, {
      goalId: made.id,
      hash: shown.hash!,
      answer: 'yes',
      method: 'own_device',
      key,
    })
  expect(goal(await say(ria)).state).toBe('presented')
  expect(goal(await say(ria)).answers).toHaveLength(1)
  expect(goal(await say(marjan)).state).toBe('presented')
  expect(goal(await say(fatima)).state).toBe('agreed')
  expect(await say(marjan, 'again')).toBe('already-agreed')
  const late = fatima.open(made.documentId!)
  await until(() => late.closedWith === 4409)
  const next = goal(await reviseGoal(acts, ria.account, made.id))
  expect(next).toMatchObject({ state: 'revising', round: 2, agreed: { version: 1 } })
  const again = await marjan.open(next.documentId!).synced()
  expect(wordsOf(again.doc).plainText).toBe('Ria belt elke week met Marjan.')
})

test('a stranger is told why, each with its code', async () => {
  const ria = await t.person('ria')
  const outsider = await t.person('toos', 'plan-03')
  const board = await t.board()
  const care = await t.board('care')
  const nobody = new Pen(t.base, board, '')
  const pens = [
    nobody,
    outsider.open(board),
    ria.open(newId()), // as one of somebody else: nobody learns what exists
    (await t.person('marjan')).open(care),
    ria.open('nothing-here'),
  ]
  await until(() => pens.every((pen) => pen.closedWith !== null))
  expect(pens.map((pen) => pen.closedWith)).toEqual([4401, 4403, 4403, 4403, 4404])
  nobody.close()
})

test('words of an earlier page, brought by a new one, are acknowledged under the new one’s id', async () => {
  const marjan = await t.person('marjan')
  const id = await t.board()
  const before = await marjan.open(id).synced()
  before.provider.disconnect()
  const voice = { saidBy: marjan.id, basis: 'proxy_own_view' } as const
  const card = { id: 'kept-card', kind: 'point', area: null, text: 'Bewaard.', order: 'z' } as const
  addCard(before.doc, { ...card, ...voice })
  const kept = Y.encodeStateAsUpdate(before.doc) // what a device of one's own holds
  before.close()
  const page = marjan.open(id)
  Y.applyUpdate(page.doc, kept)
  await page.synced()
  await until(() => page.saved.has(page.doc.clientID))
  expect(page.saved.get(before.doc.clientID)).toBeGreaterThan(0)
})
