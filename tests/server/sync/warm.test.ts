import { expect, test } from 'vitest'
import { warmUp } from '#server/sync/warm.ts'

test('the judge is warmed by key presses that it takes in, as it does those of people', async () => {
  const limits = { updateBytes: 1e5, documentBytes: 1e6, cards: 5, fieldCharacters: 1e4 }
  expect(await warmUp(limits, 50)).toEqual(new Set(['accepted']))
})
