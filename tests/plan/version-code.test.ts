import { expect, test } from 'vitest'
import { isCodeOf, versionCode } from '#plan/version-code.ts'
import { hashOf } from '#server/ids.ts'

const hash = '7f3a21c9aa2aa0a73ac8a97d63ad3a4a0c3da130080afed5a1453b109b66a777'

test('the code on paper is the beginning of the hash of the words', () => {
  expect(versionCode(hash)).toBe('7F3A-21C9')
  expect(versionCode(hashOf({ plainText: 'Ria loopt.' }))).not.toBe(
    versionCode(hashOf({ plainText: 'Ria loopt niet.' })),
  )
})

test.each(['7F3A-21C9', '7f3a21c9', ' 7f3a 21c9 ', '7F3A – 21C9', '7F3A-2IC9', '7f3a-2lc9'])(
  '"%s" is taken as it was meant',
  (typed) => expect(isCodeOf(typed, hash)).toBe(true),
)

test('an O that was read for a nought is a nought', () => {
  expect(isCodeOf('OF3A-21C9', `0f3a21c9${hash.slice(8)}`)).toBe(true)
})

test.each(['', '7F3A', '7F3A-21C8', '7F3A-21C9-AA', '-', '7F3A21C9AA'])(
  '"%s" is not the code of these words',
  (typed) => expect(isCodeOf(typed, hash)).toBe(false),
)

test('no code belongs to words without a hash', () => {
  expect(isCodeOf('', '')).toBe(false)
})
