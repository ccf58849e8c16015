import { expect, test } from 'vitest'
import type { CardView } from '#live/views.ts'
import { findIn } from '#lib/board/finding.ts'
import { lanesOf } from '#lib/board/lanes.ts'

const card = (id: string, text: string, more: Partial<CardView> = {}): CardView => ({
  ...{ id, kind: 'wish', area: 'living', text, saidBy: 'ria', basis: 'own_words' },
  ...{ about: null, pair: null, corrects: null, reaction: null, often: null, when: '' },
  ...{ because: '', order: id, stretches: [], writers: [], imported: false, news: null },
  ...more,
})
const lanes = lanesOf([card('w1', 'Elke dag naar buiten'), card('w2', 'Een café bezoeken')], [], [])
const beside = () => [card('s1', 'Ik had een bloemenwinkel'), card('c1', 'Buiten duizelig')]

test('what lies beside the rows is found as well, without regard to accents and capitals', () => {
  const both = findIn(lanes, 'BUITEN', beside)
  expect([...both.found].toSorted()).toEqual(['c1', 'w1'])
  expect(both.count).toBe(2)
  expect(both.lanes.map(({ id }) => id)).toEqual(['w1'])
  expect(findIn(lanes, 'cafe', beside).count).toBe(1)
})

test('while nobody looks for anything no card is read', () => {
  const found = findIn(lanes, '  ', () => {
    throw new Error('read')
  })
  expect(found.lanes).toBe(lanes)
})
