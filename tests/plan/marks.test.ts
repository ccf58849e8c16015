import { expect, test } from 'vitest'
import { standingOf } from '#plan/agreement.ts'
import { readDissent } from '#plan/dissent.ts'
import {
  partiesNow,
  readAdding,
  readEnding,
  readRemoving,
  readStatement,
  readTakingBack,
} from '#plan/marks.ts'
import { toAll, voters, yesSayers } from '#plan/notices.ts'
import { isReviewDue, outcomeOf, readReview } from '#plan/reviews.ts'
import { changesOf } from '#plan/changes.ts'
import type { Words } from '#plan/words.ts'
import {
  asked,
  fatima,
  grietje,
  henk,
  henksPeople,
  joost,
  mark,
  marjan,
  naima,
  person,
  ria,
  riasPeople,
  round,
  said,
} from './cast.ts'

const allYes = ['ria', 'fatima', 'marjan'].map((who) => said(who, 'yes'))

test('who comes during a round is heard, and asked for a yes from the next version on', () => {
  const { parties } = partiesNow(1, asked('ria', 'fatima'), [mark('party-added', 'joost')])
  expect(parties.at(-1)).toEqual({ personId: 'joost', required: false, next: true })
  const yes = allYes.slice(0, 2)
  expect(standingOf(round(yes, { parties }), riasPeople)).toBe('agreed')
  expect(standingOf(round([...yes, said('joost', 'no')], { parties }), riasPeople)).toBe('disputed')
})

test('taking somebody off the list locks nothing: somebody looks at the list first', () => {
  const gone = [mark('party-removed', 'marjan', { body: { text: 'Zij is op reis.' } })]
  const after = (marks: typeof gone) =>
    standingOf(
      round(allYes.slice(0, 2), partiesNow(1, asked('ria', 'fatima', 'marjan'), marks)),
      riasPeople,
    )
  expect(after([])).toBe('waiting')
  expect(after(gone)).toBe('ready')
  expect(after([...gone, mark('parties-checked', null)])).toBe('agreed')
})

test('the two who must say yes cannot be taken off, others only with a reason', () => {
  expect(readRemoving(round(), 'ria', 'Zij slaapt.', riasPeople)).toBe('always-asked')
  expect(readRemoving(round(), 'fatima', 'Zij is vrij.', riasPeople)).toBe('always-asked')
  expect(readRemoving(round(), 'marjan', ' ', riasPeople)).toBe('reason-missing')
  expect(readRemoving(round(), 'joost', 'x', riasPeople)).toBe('not-a-party')
  expect(readRemoving(round(), 'marjan', 'Op reis.', riasPeople)).toBe(null)
  expect(readAdding(round(), 'joost', false, riasPeople)).toBe(null)
  expect(readAdding(round(), 'marjan', false, riasPeople)).toBe('nothing-to-decide')
  const supporter = person('wil', 'client_supporter')
  expect(readAdding(round(), 'wil', false, [...riasPeople, supporter])).toBe('no-vote')
  expect(readAdding(round(), 'wil', true, [...riasPeople, supporter])).toBe(null)
})

test('L11: the client persists, a representative differs: her view is followed, his stands beside it', () => {
  const toos = person('toos', 'client')
  const rob = person('rob', 'mentor')
  const people = [toos, rob, fatima]
  const parties = asked('toos', 'fatima', 'rob')
  const answers = [said('toos', 'yes'), said('fatima', 'yes'), said('rob', 'no')]
  const open = round(answers, { parties, ability: 'able' })
  expect(standingOf(open, people)).toBe('waiting')
  expect(readDissent(open, 'rob', people, '2026-06-18T13:00:00Z')).toBe('client-persists')
  expect(standingOf({ ...open, dissent: 'Zij wil dit.', dissentOf: ['rob'] }, people)).toBe(
    'agreed-with-dissent',
  )
})

test('dissent passes nobody over: another who was asked and is silent still holds it up', () => {
  const parties = asked('ria', 'fatima', 'marjan', 'joost')
  const answers = [said('ria', 'yes'), said('fatima', 'yes'), said('marjan', 'no')]
  const open = round(answers, { parties, dissent: 'Toch.', dissentOf: ['marjan'] })
  expect(standingOf(open, riasPeople)).toBe('waiting')
  const at = (day: string) => readDissent(open, 'joost', riasPeople, day)
  expect(at('2026-07-01T12:00:00Z')).toBe('nothing-to-decide')
  expect(at('2026-07-02T12:00:00Z')).toBe('no-answer')
  expect(standingOf({ ...open, dissentOf: ['marjan', 'joost'] }, riasPeople)).toBe(
    'agreed-with-dissent',
  )
})

test('L15: a refusal of the client is recorded as hers; not agreed needs what is done instead and why', () => {
  const no = round([said('ria', 'yes'), said('ria', 'no')])
  const end = (kind: 'refused' | 'not-agreed', text = '', instead = '') =>
    readEnding('presented', no, kind, { text, instead }, riasPeople)
  expect(end('refused')).toBe(null)
  expect(readEnding('presented', round(allYes), 'refused', {}, riasPeople)).toBe(
    'nothing-to-decide',
  )
  expect(end('not-agreed', 'Te gevaarlijk.')).toBe('instead-missing')
  expect(end('not-agreed', '', 'Wij lopen mee.')).toBe('reason-missing')
  expect(end('not-agreed', 'Te gevaarlijk.', 'Wij lopen mee.')).toBe(null)
  expect(readEnding('agreed', no, 'not-agreed', {}, riasPeople)).toBe('already-agreed')
})

test('the client can put words beside what is agreed; the care writes hers down (domain D19)', () => {
  expect(readStatement(ria, ria, 'Ik wil wel een jas aan.', true)).toBe(null)
  expect(readStatement(fatima, ria, 'Zij wil een jas aan.', true)).toBe(null)
  expect(readStatement(marjan, ria, 'Zij wil een jas aan.', true)).toBe('not-for-her')
  expect(readStatement(marjan, marjan, 'Ik ook.', true)).toBe(null)
  expect(readStatement(ria, ria, '  ', true)).toBe('no-words')
  expect(readStatement(ria, ria, 'Eerst dit.', false)).toBe('nothing-agreed')
})

test('a yes can be taken back after it was agreed, by whose it is or who stands in', () => {
  const take = (actor: typeof ria, party: string, answers = allYes) =>
    readTakingBack('agreed', round(answers), actor, party, riasPeople)
  expect(take(marjan, 'marjan')).toBe(null)
  expect(take(joost, 'joost')).toBe('nothing-to-decide')
  expect(take(marjan, 'fatima')).toBe('not-for-her')
  expect(take(fatima, 'ria')).toBe(null)
  expect(readTakingBack('presented', round(allYes), ria, 'ria', riasPeople)).toBe('nothing-agreed')
  const behalf = said('henk', 'yes', { actorId: 'grietje', method: 'on_behalf', reaction: 'liked' })
  const henks = round([behalf, said('naima', 'yes')], { parties: asked('henk', 'naima') })
  expect(readTakingBack('agreed', henks, grietje, 'henk', henksPeople)).toBe(null)
  expect(readTakingBack('agreed', henks, naima, henk.id, henksPeople)).toBe(null)
})

test('who said yes hears about a no; who answered hears that the words changed (domain D7)', () => {
  const open = round([said('ria', 'yes'), said('fatima', 'yes'), said('marjan', 'talk')])
  expect(yesSayers(open)).toEqual(['ria', 'fatima'])
  expect(voters(open)).toEqual(['ria', 'fatima', 'marjan'])
  expect(toAll(['ria', 'ria', 'fatima'], 'no-said', 'g', 'marjan', 'fatima')).toEqual([
    { personId: 'ria', kind: 'no-said', goalId: 'g', about: 'marjan' },
  ])
})

const words: Words = {
  area: 'physical',
  plainText: 'Ria loopt elke dag naar de tuin.',
  professionalText: '',
  success: '',
  reviewOn: '2026-09-01',
  actions: [{ what: 'Samen lopen', who: 'fatima', when: 'na de koffie' }],
}

test('a try-out asks how it went on its own day; another goal on the day to look back', () => {
  const agreed = { version: 1, words, trialUntil: '2026-07-01' }
  expect(isReviewDue(agreed, [], '2026-06-30')).toBe(false)
  expect(isReviewDue(agreed, [], '2026-07-01')).toBe(true)
  expect(isReviewDue({ ...agreed, trialUntil: null }, [], '2026-07-01')).toBe(false)
  expect(isReviewDue(agreed, [{ version: 1, on: '2026-07-02' }], '2026-07-03')).toBe(false)
  expect(isReviewDue(agreed, [{ version: 1, on: '2026-06-20' }], '2026-07-03')).toBe(true)
  expect(outcomeOf('improving')).toBe('almost')
  expect(readReview(true, { text: '', said: '' })).toBe('no-words')
  expect(readReview(false, { text: 'Goed.', said: '' })).toBe('nothing-agreed')
})

test('what changed is said part by part', () => {
  const after: Words = {
    ...words,
    plainText: 'Ria loopt elke middag naar de tuin.',
    actions: [
      { what: 'Samen lopen in de tuin', who: 'joost', when: 'na de koffie' },
      { what: 'Jas klaarleggen', who: null, when: '' },
    ],
  }
  expect(changesOf(words, words)).toEqual([])
  expect(changesOf(words, after).map(({ part }) => part)).toEqual([
    'plainText',
    'action-changed',
    'action-added',
  ])
})
