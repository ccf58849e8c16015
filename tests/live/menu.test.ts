import { expect, test } from 'vitest'
import { placeIn } from '#lib/look/menu.ts'

test('a menu opens below its button while it fits there', () => {
  const room = { above: 600, below: 300, left: 40 }
  expect(placeIn(room, 250, false)).toEqual({ up: false, height: 292, shift: 0 })
})

test('low on the page it opens upwards, and at the foot of the page it stays there', () => {
  expect(placeIn({ above: 600, below: 90, left: 40 }, 400, false).up).toBe(true)
  expect(placeIn({ above: 700, below: 8, left: 40 }, 400, true).up).toBe(true)
})

test('where it fits nowhere it takes the larger side and scrolls', () => {
  const room = { above: 200, below: 250, left: 40 }
  expect(placeIn(room, 900, false)).toEqual({ up: false, height: 242, shift: 0 })
  expect(placeIn({ above: 20, below: 30, left: 40 }, 900, false).height).toBe(160)
})

test('a list that would leave the window on the left is moved into it', () => {
  expect(placeIn({ above: 600, below: 300, left: -72 }, 250, false).shift).toBe(80)
})
