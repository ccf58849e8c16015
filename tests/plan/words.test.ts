import { expect, test } from 'vitest'
import { canonical } from '#plan/canonical.ts'
import { canSpeak, readVoiceMark, voiceMark } from '#plan/voice.ts'
import { fold, lacks, normalise, type Words } from '#plan/words.ts'
import type { Person, Role } from '#plan/people.ts'

const words: Words = {
  area: 'living',
  plainText: '  Elke  dag\nnaar buiten. ',
  professionalText: '',
  success: 'Café',
  reviewOn: null,
  actions: [
    { what: ' Samen lopen ', who: 'fatima', when: 'na de  koffie' },
    { what: '   ', who: null, when: '' },
  ],
}

test('white space and the spelling of accents do not change the words', () => {
  const other = { ...words, plainText: 'Elke dag naar buiten.', success: 'Cafe\u0301' }
  expect(canonical(normalise(words))).toBe(canonical(normalise(other)))
  expect(normalise(words).actions).toEqual([
    { what: 'Samen lopen', who: 'fatima', when: 'na de koffie' },
  ])
})

test('other words are other words', () => {
  expect(canonical(normalise(words))).not.toBe(
    canonical(normalise({ ...words, plainText: 'Elke dag binnen.' })),
  )
})

test('what a goal still lacks is named in the order of the page', () => {
  expect(lacks(words)).toEqual(['when'])
  expect(lacks({ ...words, plainText: ' ', success: '', actions: [] })).toEqual([
    'what',
    'who',
    'when',
    'success',
  ])
})

test('canonical JSON follows RFC 8785', () => {
  expect(canonical({ b: 1, a: [true, null, 'é"\n'], A: 1e21, '\u20ac': 0.1, u: undefined })).toBe(
    '{"A":1e+21,"a":[true,null,"é\\"\\n"],"b":1,"€":0.1}',
  )
  expect(() => canonical(Number.NaN)).toThrow(RangeError)
  expect(() => canonical('\ud800')).toThrow(RangeError)
})

test('folding leaves one space', () => {
  expect(fold(' a\u00a0\t b ')).toBe('a b')
})

test('a voice is read back as it was marked, and nothing else is a voice', () => {
  const voice = { saidBy: 'p:1', basis: 'own_words' as const }
  expect(readVoiceMark(voiceMark(voice))).toEqual(voice)
  expect([null, 3, 'ria', 'ria:shouted', ':own_words'].map(readVoiceMark)).toEqual([
    null,
    null,
    null,
    null,
    null,
  ])
})

test('nobody’s words can stand as the client’s with help but hers', () => {
  const who = (role: Role) => ({ role, authority: 'professional', access: 'active' }) as Person
  expect(canSpeak(who('client'), 'own_words_supported')).toBe(true)
  expect(canSpeak(who('nurse'), 'own_words_supported')).toBe(false)
  expect(canSpeak(who('nurse'), 'own_words')).toBe(false)
  expect(canSpeak(who('relative'), 'own_words')).toBe(true)
  expect(canSpeak(who('relative'), 'professional_view')).toBe(false)
  expect(canSpeak(who('client'), 'observed')).toBe(false)
})

test('L16: what is presumed stands as presumed, by another, and never as words of the client', () => {
  const who = (role: Role) => ({ role, authority: 'professional', access: 'active' }) as Person
  for (const role of ['nurse', 'relative', 'mentor'] as const) {
    expect(canSpeak(who(role), 'presumed')).toBe(true)
    expect(canSpeak(who(role), 'own_words_supported')).toBe(false)
  }
  expect(canSpeak(who('client'), 'presumed')).toBe(false) // she says it herself
})
