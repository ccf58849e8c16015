import * as Y from 'yjs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { contributions, type Logged } from '#live/contributions.ts'
import { addCard, cardText, goalOf } from '#live/documents.ts'
import { contributionsOf, lookBack } from '#server/look-back.ts'
import { presentGoal, reviseGoal } from '#server/goals.ts'
import { moveCard } from '#server/zones.ts'
import { goal, say, written } from '../goal.ts'
import { table, type Guest, type Table } from '../table.ts'

let at: Table
let [ria, marjan, fatima]: Guest[] = []
beforeAll(async () => {
  at = await table()
  ria = await at.person('ria')
  marjan = await at.person('marjan')
  fatima = await at.person('fatima')
})
afterAll(() => at.close())

const told = async (who: Guest) => {
  const found = await contributionsOf(at.app, who.account, 'plan-01')
  if (typeof found === 'string') throw new Error(found)
  return found
}
const plainText = (doc: Y.Doc) => goalOf(doc).goal.get('plainText') as Y.Text

test('each hand in one field has what it added itself, and what it took away', async () => {
  const made = await written(at, fatima!, 'plan-01', 'Ria loopt naar de tuin')
  const [one, two] = [
    await fatima!.open(made.documentId!).synced(),
    await marjan!.open(made.documentId!).synced(),
  ]
  const text = plainText(two.doc)
  text.insert(text.length, ' en terug')
  await two.stored()
  plainText(one.doc).insert(0, 'Samen: ')
  await one.stored()
  text.insert(text.length, '!')
  text.delete(text.length - 1, 1)
  text.delete(text.toString().indexOf('loopt'), 6)
  await two.stored()
  const mine = (await told(ria!)).filter(({ goalId }) => goalId === made.id)
  const [hers, his] = [fatima!.id, marjan!.id].map((id) =>
    mine.filter(({ personId, field }) => personId === id && field === 'goal/plainText'),
  )
  expect(hers!.map(({ added }) => added).join('')).toContain('Samen: ')
  expect(hers!.flatMap(({ deleted }) => deleted)).toEqual([])
  expect(his).toMatchObject([
    { added: ' en terug', deleted: [{ text: 'loopt ', writer: fatima!.id }] },
  ])
  expect(his![0]!.after).toBe('Samen: Ria naar de tuin en terug')
})

test('half a minute of silence ends a contribution; letters taken back at once were never there', () => {
  const doc = new Y.Doc()
  const log: Logged[] = []
  let second = 0
  doc.on('update', (data: Uint8Array) =>
    log.push({ personId: 'marjan', at: new Date(Date.UTC(2026, 10, 12, 10, 0, second)), data }),
  )
  const card = { id: 'c', kind: 'wish', area: null, basis: 'own_words', order: 'a0' } as const
  addCard(doc, { ...card, text: '', saidBy: 'marjan' })
  const text = cardText(doc, 'c')!
  for (const letter of 'Elke dagx') {
    text.insert(text.length, letter)
    second += 3
  }
  text.delete(text.length - 1, 1)
  second += 31
  text.insert(text.length, ' naar buiten')
  const found = contributions(log, ['cards', 'order'], () => 'marjan')
  const typed = found.filter(({ field }) => field === 'cards/c/text')
  expect(typed.map(({ before, after, added, deleted }) => [before, after, added, deleted])).toEqual(
    [
      ['', 'Elke dag', 'Elke dag', []],
      ['Elke dag', 'Elke dag naar buiten', ' naar buiten', []],
    ],
  )
})

test('words that somebody said keep their speaker', async () => {
  const made = await written(at, fatima!, 'plan-01', 'Begin.')
  const pen = await fatima!.open(made.documentId!).synced()
  const text = plainText(pen.doc)
  text.insert(text.length, ' Elke dag.', { voice: `${ria!.id}:own_words` })
  await pen.stored()
  const spoken = (await told(marjan!)).find(
    ({ goalId, added }) => goalId === made.id && added.includes('Elke dag.'),
  )
  expect(spoken).toMatchObject({ personId: fatima!.id })
  const page = await lookBack(at.app, marjan!.account, 'plan-01', made.id)
  if (typeof page === 'string') throw new Error(page)
  const last = page.moments.findLast((moment) => 'wrote' in moment)!
  expect(last.words!.text.at(-1)).toMatchObject({ writer: fatima!.id, saidBy: ria!.id })
})

test('what one may not read leaves no trace: not the care, not a draft, not another plan', async () => {
  const board = await at.board('care')
  const pen = await fatima!.open(board).synced()
  const card = { id: 'aaaabbbbccccddddeeee', kind: 'point', area: null, order: 'a5' } as const
  addCard(pen.doc, {
    ...card,
    text: 'Bloeddruk is laag.',
    saidBy: fatima!.id,
    basis: 'professional_view',
  })
  await pen.stored()
  expect(JSON.stringify(await told(fatima!))).toContain('Bloeddruk is laag.')
  expect(JSON.stringify(await told(marjan!))).not.toContain('Bloeddruk')
  const page = await lookBack(at.app, marjan!.account, 'plan-01', null)
  expect(JSON.stringify(page)).not.toContain('Bloeddruk')
  const toos = await at.person('toos', 'plan-03')
  expect(await contributionsOf(at.app, toos.account, 'plan-01')).toBe('no-access')
  expect(await lookBack(at.app, toos.account, 'plan-01', null)).toBe('no-access')
  expect(await lookBack(at.app, ria!.account, 'plan-01', 'nope')).toBe('unknown-goal')
})

test('a card that went to another zone takes its words out of sight', async () => {
  const [shared, care] = [await at.board('shared'), await at.board('care')]
  const pen = await fatima!.open(shared).synced()
  const id = 'zzzzbbbbccccddddeeee'
  const card = { id, kind: 'point', area: null, order: 'a6', basis: 'professional_view' } as const
  addCard(pen.doc, { ...card, text: 'Dit hoort bij de zorg.', saidBy: fatima!.id })
  await pen.stored()
  expect(JSON.stringify(await told(marjan!))).toContain('Dit hoort bij de zorg.')
  const moved = await moveCard(at.app.acts, fatima!.account, { from: shared, to: care, cardId: id })
  expect(moved).toMatchObject({ to: care })
  expect(JSON.stringify(await told(marjan!))).not.toContain('Dit hoort bij de zorg.')
  expect(JSON.stringify(await lookBack(at.app, marjan!.account, 'plan-01', null))).not.toContain(
    'Dit hoort bij de zorg.',
  )
  expect(JSON.stringify(await told(ria!))).toContain('Dit hoort bij de zorg.')
})

test('writing, presenting, answering and agreeing stand in one row, with the words of that moment', async () => {
  const made = await written(at, marjan!, 'plan-01', 'Ria zit op het balkon.')
  const asked = { goalId: made.id, parties: [] }
  const shown = goal(await presentGoal(at.app.acts, fatima!.account, asked))
  for (const who of [ria!, fatima!]) goal(await say(at, who, shown, 'yes'))
  goal(await reviseGoal(at.app.acts, ria!.account, made.id))
  const page = await lookBack(at.app, ria!.account, 'plan-01', made.id)
  if (typeof page === 'string') throw new Error(page)
  const kinds = page.moments.map((moment) => ('wrote' in moment ? 'wrote' : moment.event.kind))
  expect(kinds).toEqual([
    'goal-created',
    'wrote',
    'goal-presented',
    'goal-answered',
    'goal-answered',
    'goal-agreed',
    'goal-revised',
  ])
  for (const { words } of page.moments.slice(1)) {
    expect(words!.text).toMatchObject([{ text: 'Ria zit op het balkon.', writer: marjan!.id }])
  }
  expect(page.holds).toBe(true)
})
