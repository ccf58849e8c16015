import { expect, test } from 'vitest'
import type { CardView } from '#live/views.ts'
import type { GoalView } from '#live/wire.ts'
import { lanesOf } from '#lib/board/lanes.ts'
import { columnsOf, dropOf, stepOf } from '#lib/board/steps.ts'

const card = (id: string, more: Partial<CardView> = {}): CardView => ({
  ...{ id, kind: 'wish', area: 'living', text: id, saidBy: 'ria', basis: 'own_words' },
  ...{ about: null, pair: null, corrects: null, reaction: null, often: null, when: '' },
  ...{ because: '', order: id, stretches: [], writers: [], imported: false, news: null },
  ...more,
})
const goal = (id: string, wishes: string[]) =>
  ({ id, wishes, area: 'living' }) as unknown as GoalView
const seen = (goals: GoalView[]) => (cards: readonly CardView[]) =>
  columnsOf(cards, lanesOf(cards, goals, []))

/** The order of the cards after one of them took a step, or that it could not. */
function after(cards: CardView[], goals: GoalView[], id: string, by: -1 | 1): string {
  const before = stepOf(cards, id, by, seen(goals))
  if (before === undefined) return 'no further'
  const rest = cards.filter((one) => one.id !== id).map((one) => one.id)
  const at = before === null ? rest.length : rest.indexOf(before)
  return rest.toSpliced(at, 0, id).join(' ')
}

test('a step goes past the next card that is seen, and over those that lie in other columns', () => {
  const cards = [card('w1'), card('p1', { kind: 'point' }), card('w2'), card('w3')]
  expect(after(cards, [], 'w2', -1)).toBe('w2 w1 p1 w3')
  expect(after(cards, [], 'w2', 1)).toBe('w1 p1 w3 w2')
})

test('the wishes of one goal change places within its row', () => {
  const goals = [goal('g', ['w1', 'w3'])]
  const cards = [card('w1'), card('w2'), card('w3')]
  expect(after(cards, goals, 'w3', -1)).toBe('w3 w1 w2')
  expect(after(cards, goals, 'w1', 1)).toBe('w2 w3 w1')
})

test('a row moves with its only wish', () => {
  const goals = [goal('a', ['w1']), goal('b', ['w2'])]
  const cards = [card('w1'), card('w2')]
  expect(after(cards, goals, 'w2', -1)).toBe('w2 w1')
})

test('where nothing would be seen to move, the card can go no further', () => {
  const goals = [goal('g', ['w1', 'w2'])]
  const cards = [card('w1'), card('w2'), card('w3')]
  expect(after(cards, goals, 'w3', -1)).toBe('no further') // goals stand first
  expect(after(cards, goals, 'w2', 1)).toBe('no further')
  expect(after(cards, goals, 'w3', 1)).toBe('no further')
})

test('a card of the life story moves among its like', () => {
  const cards = [card('s1', { kind: 'story' }), card('w1'), card('s2', { kind: 'story' })]
  expect(after(cards, [], 's2', -1)).toBe('s2 s1 w1')
})

test('a card let go below the last of a column lies behind that one', () => {
  const cards = [card('w1'), card('w2'), card('w3'), card('w4')]
  expect(dropOf(cards, 'w1', ['w1', 'w2', 'w3'], null)).toBe('w4')
  expect(dropOf(cards, 'w1', ['w4'], null)).toBe(null)
  expect(dropOf(cards, 'w1', ['w1'], null)).toBe(undefined)
  expect(dropOf(cards, 'w1', ['w3'], 'w3')).toBe('w3')
})
