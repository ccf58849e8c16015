import { expect, test } from 'vitest'
import type { CardView } from '#live/views.ts'
import type { GoalView } from '#live/wire.ts'
import { lanesOf, namesOf, steady } from '#lib/board/lanes.ts'

const card = (id: string, more: Partial<CardView> = {}): CardView => ({
  ...{ id, kind: 'wish', area: 'living', text: id, saidBy: 'ria', basis: 'own_words' },
  ...{ about: null, pair: null, corrects: null, reaction: null, often: null, when: '' },
  ...{ because: '', order: id, stretches: [], writers: [], imported: false, news: null },
  ...more,
})
const point = (id: string, more: Partial<CardView> = {}) => card(id, { kind: 'point', ...more })
const goal = (id: string, wishes: string[], area = 'living') =>
  ({ id, wishes, area }) as unknown as GoalView
const rows = (cards: CardView[], goals: GoalView[] = []) =>
  lanesOf(cards, goals, []).map(({ id, wishes, points }) => [
    id,
    wishes.map((stack) => stack.cards.map((one) => one.id).join('+')).join(' '),
    points.map((one) => one.id).join(' '),
  ])

test('a goal stands first, with the wishes it came from and the points about either', () => {
  const cards = [
    card('w1'),
    card('w2'),
    point('p1', { about: 'g' }),
    point('p2', { about: 'w2' }),
    point('p3'),
    point('p4', { area: 'mental' }),
  ]
  expect(rows(cards, [goal('g', ['w2'])])).toEqual([
    ['g', 'w2', 'p1 p2 p3'],
    ['w1', 'w1', ''],
    ['rest', '', 'p4'],
  ])
})

test('with two goals in one part of life a loose point belongs to neither', () => {
  expect(rows([card('w1'), point('p')], [goal('a', ['w1']), goal('b', [])])).toEqual([
    ['a', 'w1', ''],
    ['b', '', ''],
    ['rest', '', 'p'],
  ])
})

test('two answers of a relative, and all answers to one question, share a row', () => {
  const proxy = { saidBy: 'marjan', pair: 'x' } as const
  const cards = [
    card('w1', { ...proxy, basis: 'proxy_as_client' }),
    card('w2'),
    card('w3', { ...proxy, basis: 'proxy_own_view' }),
    point('q', { saidBy: null, basis: null }),
    card('w4', { about: 'q' }),
    card('w5', { about: 'q' }),
  ]
  expect(rows(cards)).toEqual([
    ['w1', 'w1+w3', ''],
    ['w2', 'w2', ''],
    ['w4', 'w4 w5', 'q'],
  ])
})

test('every card lies in exactly one row', () => {
  const cards = [
    ...['w1', 'w2', 'w3'].map((id) => card(id)),
    point('p1', { about: 'w1' }),
    point('p2', { about: 'g2' }),
    point('p3', { about: 'gone' }),
  ]
  const laid = rows(cards, [goal('g1', ['w1', 'w2']), goal('g2', ['w2'])]).flatMap(
    ([, wishes, points]) => `${wishes} ${points}`.split(/[ +]/).filter(Boolean),
  )
  expect(laid.toSorted()).toEqual(cards.map(({ id }) => id).toSorted())
})

test('a key press makes one row anew and leaves the others the same objects', () => {
  const cards = ['w1', 'w2', 'w3'].map((id) => card(id))
  const before = lanesOf(cards, [], [])
  expect(steady(before, lanesOf(cards, [], []))).toBe(before)
  const typed = cards.map((one) => (one.id === 'w2' ? { ...one, text: 'w2!' } : one))
  const after = steady(before, lanesOf(typed, [], []))
  expect(after.map((lane, at) => lane === before[at])).toEqual([true, false, true])
})

test('rows with the same words are told apart where they are heard', () => {
  const said = (id: string, plainText: string) =>
    ({ ...goal(id, []), words: { plainText } }) as GoalView
  const goals = [
    said('a', 'Naar buiten.'),
    said('b', ''),
    said('c', 'Naar buiten. '),
    said('d', ''),
  ]
  const lanes = lanesOf([card('w', { text: 'Thee.' })], goals, [])
  expect(namesOf(lanes, 'Punten')).toEqual([
    'Naar buiten.',
    'Punten',
    'Naar buiten. (2)',
    'Punten (2)',
    'Thee.',
  ])
})
