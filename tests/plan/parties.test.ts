/** Whom words are laid before: what the client's carers choose, and what follows by itself. */
import { expect, test } from 'vitest'
import { partiesOf, usualParties } from '#plan/parties.ts'
import type { Words } from '#plan/words.ts'
import { fatima, joost, marjan, person, ria } from './cast.ts'

const bakker = person('bakker', 'elderly_care_physician')
const wil = person('wil', 'client_supporter', { authority: 'supports_client' })
const gone = person('gone', 'relative', { access: 'ended' })
const people = [ria, marjan, fatima, joost, bakker, wil, gone]
const words = (...who: string[]): Words => ({
  area: 'physical',
  plainText: 'Ria loopt naar de tuin.',
  professionalText: '',
  success: '',
  reviewOn: null,
  actions: who.map((id) => ({ what: 'Iets doen', who: id, when: '' })),
})

test('who does something is asked, and who was asked about the words before is asked again', () => {
  const before = [
    { personId: 'ria', required: true },
    { personId: 'marjan', required: true },
    { personId: 'joost', required: false, next: true },
    { personId: 'bakker', required: false },
    { personId: 'wil', required: false, informed: true },
  ]
  expect(usualParties(words('fatima'), people, before)).toEqual({
    required: ['fatima', 'ria', 'marjan', 'joost'], // Joost came during the round
    heard: ['bakker'],
    informed: ['wil'],
  })
  expect(usualParties(words('bakker'), people, before)).toMatchObject({
    required: ['bakker', 'ria', 'marjan', 'joost'],
    heard: [],
  })
})

test('who has no vote, or is gone, is not asked by itself', () => {
  const before = [{ personId: 'gone', required: true }]
  expect(usualParties(words('wil', 'gone'), people, before)).toEqual({
    required: [],
    heard: [],
    informed: [],
  })
})

test('who is heard or told holds nothing up by silence; told is for whoever is there', () => {
  const named = { required: ['marjan'], heard: ['bakker', 'marjan'], informed: ['wil', 'bakker'] }
  expect(partiesOf(words(), people, named)).toEqual([
    ...['ria', 'fatima', 'marjan'].map((personId) => ({ personId, required: true })),
    { personId: 'bakker', required: false },
    { personId: 'wil', required: false, informed: true },
  ])
  expect(partiesOf(words(), people, { heard: ['wil'] })).toBe('no-vote')
  expect(partiesOf(words(), people, { informed: ['gone'] })).toBe('unknown-person')
  const all = [...people, person('geld', 'administrator'), person('baas', 'care_manager')]
  for (const id of ['geld', 'baas'])
    expect(partiesOf(words(), all, { required: [id] })).toBe('no-vote') // money, and numbers: no care
})
