/** What becomes on the board of an answer that is handed in anew. */
import { expect, test } from 'vitest'
import { followOf, type LaidCard } from '#plan/preparation.ts'

const card = (more: Partial<LaidCard> = {}): LaidCard => ({
  text: 'Vaker naar buiten.',
  own: true,
  built: false,
  ...more,
})

test('a card follows its writer’s answer, and goes when the answer is taken back', () => {
  expect(followOf('Elke dag naar buiten.', card(), true)).toBe('rewrite')
  expect(followOf(' ', card(), true)).toBe('remove')
  expect(followOf(' Vaker  naar buiten. ', card(), true)).toBe('nothing')
})

test('what others built on stays as they know it; the new words lie beside it', () => {
  for (const built of [card({ own: false }), card({ built: true })]) {
    expect(followOf('Elke dag naar buiten.', built, true)).toBe('add')
    expect(followOf('Elke dag naar buiten.', built, false)).toBe('nothing')
    expect(followOf('', built, true)).toBe('nothing')
  }
})

test('a card that went elsewhere is not brought back by an answer that did not change', () => {
  expect(followOf('Vaker naar buiten.', null, false)).toBe('nothing')
  expect(followOf('Elke dag naar buiten.', null, true)).toBe('add')
  expect(followOf('', null, true)).toBe('nothing')
})
