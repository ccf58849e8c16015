import { expect, test } from 'vitest'
import { Phrases } from '#server/meeting/phrases.ts'

const hands = new Map([
  [1, 'marjan'],
  [2, 'fatima'],
])
const now = (text: string, clocks: [number, number][] = []) => ({
  value: text,
  fields: [text],
  clocks: new Map(clocks),
  hands,
})

test('a sentence that is being typed is shown when it has ended, not letter by letter', () => {
  const phrases = new Phrases<string>()
  expect(phrases.take('d', now('Ria loopt.'), 0).value).toBe('Ria loopt.')
  expect(phrases.take('d', now('Ria loopt. Elke', [[1, 5]]), 100)).toEqual({
    value: 'Ria loopt.',
    writing: ['marjan'],
  })
  expect(phrases.take('d', now('Ria loopt. Elke dag.', [[1, 9]]), 300).value).toBe(
    'Ria loopt. Elke dag.',
  )
})

test('words without an end are shown once nobody has typed for two seconds', () => {
  const phrases = new Phrases<string>()
  phrases.take('d', now('Ria'), 0)
  expect(phrases.take('d', now('Ria eet', [[2, 4]]), 100).value).toBe('Ria')
  expect(phrases.take('d', now('Ria eet mee', [[2, 8]]), 1500).value).toBe('Ria')
  expect(phrases.take('d', now('Ria eet mee', [[2, 8]]), 3400)).toEqual({
    value: 'Ria',
    writing: ['fatima'],
  })
  expect(phrases.take('d', now('Ria eet mee', [[2, 8]]), 3600)).toEqual({
    value: 'Ria eet mee',
    writing: [],
  })
})
