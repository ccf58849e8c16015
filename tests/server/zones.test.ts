/** A card goes to another zone: its words with their hands, gone here, there for whom it is meant. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import * as Y from 'yjs'
import { runsOf } from '#live/attribution.ts'
import { addCard, boardOf, cardText, readCards } from '#live/documents.ts'
import { isRefusal } from '#plan/refusals.ts'
import * as documents from '#server/db/documents.ts'
import { history } from '#server/history.ts'
import { homePlans } from '#server/home.ts'
import { lookBack } from '#server/look-back.ts'
import { planPage, readPlan } from '#server/plans.ts'
import { seatsPage } from '#server/table-seats.ts'
import { moveCard } from '#server/zones.ts'
import { table, until, type Guest, type Pen, type Table } from '../table.ts'

let here: Table
let ria: Guest
let fatima: Guest
let marjan: Guest
let shared: string
let care: string
let own: string
beforeAll(async () => {
  here = await table()
  ria = await here.person('ria')
  fatima = await here.person('fatima')
  marjan = await here.person('marjan')
  shared = await here.board('shared')
  care = await here.board('care')
  own = await here.board('client')
})
afterAll(() => here.close())

const move = (who: Guest, cardId: string, from: string, to: string) =>
  moveCard(here.app.acts, who.account, { from, to, cardId })
const has = (pen: Pen, id: string) => readCards(pen.doc).some((card) => card.id === id)
const card = (id: string, by: Guest, text: string, basis: 'own_words' | 'professional_view') => ({
  id,
  kind: 'point' as const,
  area: null,
  text,
  saidBy: by.id,
  basis,
  order: 'zz',
})

test('words go to the care zone with who wrote which of them, and are gone from the board for all', async () => {
  const [f, m] = [await fatima.open(shared).synced(), await marjan.open(shared).synced()]
  const c = await fatima.open(care).synced()
  addCard(f.doc, card('night', fatima, 'Ria slaapt slecht.', 'professional_view'))
  await until(() => has(m, 'night'))
  cardText(m.doc, 'night')!.insert(0, 'Vannacht: ')
  await m.stored()
  await until(() => cardText(f.doc, 'night')!.toString() === 'Vannacht: Ria slaapt slecht.')

  expect(await move(marjan, 'night', shared, care)).toBe('no-access')
  // in the middle of it somebody types on: those words are on the board, or stay with her
  cardText(m.doc, 'night')!.insert(0, 'Let op. ')
  expect(await move(fatima, 'night', shared, care)).toMatchObject({ cards: ['night'] })
  await until(() => !has(f, 'night') && !has(m, 'night') && has(c, 'night'))
  const text = cardText(c.doc, 'night')!
  expect(text.toString()).toMatch(/^(Let op\. )?Vannacht: Ria slaapt slecht\.$/)
  const hands = new Map(
    (await documents.hands(here.app.db.sql, care)).map((h) => [h.clientId, h.personId]),
  )
  expect(runsOf(text).map(({ clientId }) => hands.get(clientId))).toEqual([marjan.id, fatima.id])

  // who comes now gets no byte of it from the board, and who may not read care gets none at all
  const late = await marjan.open(shared).synced()
  expect(Buffer.from(Y.encodeStateAsUpdate(late.doc)).includes('Vannacht')).toBe(false)
  const page = await planPage(here.app, marjan.account, 'plan-01')
  expect(JSON.stringify(page)).not.toContain('slaapt slecht')
  const told = await history(here.app, marjan.account, 'plan-01')
  expect(JSON.stringify(told)).not.toContain('night')

  // everybody writes on in both rooms
  cardText(c.doc, 'night')!.insert(0, '! ')
  await c.stored()
  addCard(m.doc, card('after', marjan, 'Nog iets.', 'own_words'))
  await m.stored()
  await until(() => has(f, 'after'))
})

test('what the client told in confidence goes no further but by herself', async () => {
  const r = await ria.open(own).synced()
  addCard(r.doc, card('secret', ria, 'Ik mis hem.', 'own_words'))
  await r.stored()
  expect(await move(fatima, 'secret', own, shared)).toBe('no-access')
  expect(await move(marjan, 'secret', own, shared)).toBe('no-access')
  const m = await marjan.open(shared).synced()
  expect(await move(ria, 'secret', own, shared)).toMatchObject({ from: own, to: shared })
  await until(() => has(m, 'secret'))
  expect(await move(ria, 'secret', own, shared)).toBe('nothing-to-decide')
  expect(await move(ria, 'secret', shared, own)).toMatchObject({ from: shared, to: own })
  await until(() => !has(m, 'secret') && has(r, 'secret'))
})

test('a card goes to no other plan, and not into a goal', async () => {
  const elsewhere = await here.board('shared', 'plan-02')
  const goal = (await documents.ofPlan(here.app.db.sql, 'plan-01')).find(
    ({ kind }) => kind === 'goal',
  )!
  const [id] = boardOf((await ria.open(shared).synced()).doc).cards.keys()
  for (const to of [elsewhere, goal.id, shared, 'nowhere']) {
    expect(isRefusal(await move(ria, id!, shared, to)), to).toBe(true)
  }
})

test('two moves at once: one is first, and the card stands in one place', async () => {
  const f = await fatima.open(shared).synced()
  addCard(f.doc, card('twice', fatima, 'Eén keer.', 'professional_view'))
  await f.stored()
  const both = await Promise.all([
    move(fatima, 'twice', shared, care),
    move(ria, 'twice', shared, care),
  ])
  expect(both.filter((one) => one === 'nothing-to-decide')).toHaveLength(1)
  const c = await ria.open(care).synced()
  expect(readCards(c.doc).filter(({ id }) => id === 'twice')).toHaveLength(1)
})

test('that the client was judged unable is for the care, herself and who acts for her', async () => {
  const plan = 'plan-02' // Henk decides where he can; Grietje acts for him; Sjoerd is his son
  const tells = async (key: string) => {
    const { account } = await here.person(key, plan)
    const seats = await seatsPage(here.app, account, plan)
    const view = await readPlan(here.app, account, plan)
    const home = await homePlans(here.app, account)
    const back = await lookBack(here.app, account, plan, null)
    return /self_where_possible|self-where-possible|for-her-now/.test(
      JSON.stringify([seats, view, home, back]),
    )
  }
  expect(await tells('sjoerd')).toBe(false)
  for (const key of ['henk', 'grietje', 'naima']) expect(await tells(key), key).toBe(true)
})
