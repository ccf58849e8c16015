import { expect, test } from 'vitest'
import { groundFrom, GROUNDS, lacksOf } from '#plan/not-followed.ts'
import { TOPICS } from '#plan/topics.ts'

const why = { reason: 'Om acht uur helpen we iemand anders.', consulted: '' }

test('Wlz 8.1.1 lid 4 (L5): a wish that is not followed needs its ground and its reason', () => {
  expect(lacksOf(why)).toBe('ground-missing')
  expect(lacksOf({ ...why, ground: 'others', reason: '  ' })).toBe('reason-missing')
  for (const ground of GROUNDS.filter((one) => one !== 'good-care'))
    expect(lacksOf({ ...why, ground })).toBeNull()
})

test('Wlz 8.1.1 lid 4 sub b (L5): the duty of good care asks who was consulted', () => {
  expect(lacksOf({ ...why, ground: 'good-care' })).toBe('consulted-missing')
  expect(lacksOf({ ...why, ground: 'good-care', consulted: 'dokter Bakker' })).toBeNull()
})

test('the ground is read from the article a record names', () => {
  expect(groundFrom('rechten van anderen (art. 8.1.1 lid 4 sub c Wlz)')).toBe('others')
  expect(groundFrom('8.1.1 lid 4 onderdeel a')).toBe('law-or-abilities')
  expect(groundFrom('lid 4, onder b')).toBe('good-care')
  expect(groundFrom('artikel 8.1.1 lid 5')).toBe('indication')
  expect(groundFrom('omdat het zo is')).toBeNull()
})

test('Blz 6.1.1 (L2): there are nine topics, a to i', () => expect(new Set(TOPICS).size).toBe(9))
