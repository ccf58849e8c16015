/** The drawings beside words: one file for all pages. */
import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'

it('no drawing is clipped to its frame: a clip for each makes every key press dearer', () => {
  const file = readFileSync(new URL('../static/icons.svg', import.meta.url), 'utf8')
  const drawings = file.match(/<symbol [^>]*>/g) ?? []
  expect(drawings.length).toBeGreaterThan(50)
  expect(drawings.filter((one) => !one.includes('overflow="visible"'))).toEqual([])
})
