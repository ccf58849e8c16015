/** What becomes on the board of an answer that is handed in anew. */
import { expect, test } from 'vitest'
import { followOf, type LaidCard } from '#plan/preparation.ts'

const card = (more: Partial<LaidCard> = {}): LaidCard => ({
  text: 'Vaker naar buiten.',
  own: true,
  built: false,
  ...more,
})

/** What the card was given to say. */
const LAST = 'Vaker naar buiten.'

test('a card follows its writer’s answer, and goes when the answer is taken back', () => {
  expect(followOf('Elke dag naar buiten.', card(), LAST)).toBe('rewrite')
  expect(followOf(' ', card(), LAST)).toBe('remove')
  expect(followOf(' Vaker  naar buiten. ', card(), LAST)).toBe('nothing')
})

test('words its writer changed on the board stand; a new answer lies beside them', () => {
  const later = card({ text: 'Vaker naar buiten, met de hond.' })
  expect(followOf(LAST, later, LAST)).toBe('nothing')
  expect(followOf('', later, LAST)).toBe('nothing')
  expect(followOf('Elke dag naar buiten.', later, LAST)).toBe('add')
  expect(followOf('Vaker naar buiten,  met de hond.', later, LAST)).toBe('nothing')
})

test('what others built on stays as they know it; the new words lie beside it', () => {
  for (const built of [card({ own: false }), card({ built: true })]) {
    expect(followOf('Elke dag naar buiten.', built, LAST)).toBe('add')
    expect(followOf(LAST, { ...built, text: 'Samen naar buiten.' }, LAST)).toBe('nothing')
    expect(followOf('', built, LAST)).toBe('nothing')
  }
})

test('a card that went elsewhere is not brought back by an answer that did not change', () => {
  expect(followOf(LAST, null, LAST)).toBe('nothing')
  expect(followOf('Elke dag naar buiten.', null, LAST)).toBe('add')
  expect(followOf(LAST, null, null)).toBe('add')
  expect(followOf('', null, null)).toBe('nothing')
})
