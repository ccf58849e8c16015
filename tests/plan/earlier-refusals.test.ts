import { expect, test } from 'vitest'
import { refusalsBeside, standingRefusals, type RefusalEntry } from '#plan/earlier-refusals.ts'

const entry = (id: string, more: Partial<RefusalEntry> = {}): RefusalEntry => ({
  id,
  text: 'Niet aan een slang.',
  area: 'physical',
  on: '2024-02-01',
  recordedBy: 'fatima',
  takesBack: null,
  ...more,
})

test('L12: an earlier written refusal stands beside the goals it bears on, while she cannot decide', () => {
  const all = standingRefusals([
    entry('a'),
    entry('b', { area: null }),
    entry('c', { area: 'living' }),
  ])
  const beside = (ability: 'able' | 'unable' | 'in-part') =>
    refusalsBeside({ area: 'physical', ability }, all).map(({ id }) => id)
  expect(beside('unable')).toEqual(['a', 'b'])
  expect(beside('in-part')).toEqual(['a', 'b'])
  expect(beside('able')).toEqual([]) // her word of today counts
})

test('a refusal that was taken back stands no more, and stays on record', () => {
  const rows = [entry('a'), entry('b'), entry('c', { text: '', takesBack: 'a' })]
  expect(standingRefusals(rows).map(({ id }) => id)).toEqual(['b'])
  expect(rows).toHaveLength(3)
})
