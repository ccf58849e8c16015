import { expect, test } from 'vitest'
import { standingOf, type Round } from '#plan/agreement.ts'
import { readAnswer, type Given } from '#plan/answering.ts'
import { isResisted, type Answer, type AnswerWord, type Method } from '#plan/answers.ts'
import { partiesOf } from '#plan/parties.ts'
import type { Person, Role } from '#plan/people.ts'
import type { Words } from '#plan/words.ts'

const person = (id: string, role: Role, more: Partial<Person> = {}): Person => ({
  id,
  key: id,
  name: id,
  role,
  relation: null,
  authority: role === 'client' ? 'self' : 'professional',
  mayConfirm: true,
  number: 1,
  confidantOfClient: false,
  access: 'active',
  ...more,
})
const ria = person('ria', 'client')
const marjan = person('marjan', 'first_contact', { authority: 'own_task' })
const fatima = person('fatima', 'primary_carer')
const joost = person('joost', 'physiotherapist', { authority: 'own_task' })
const wil = person('wil', 'client_supporter', { authority: 'supports_client' })
const people = [ria, marjan, fatima, joost, wil]

const henk = person('henk', 'client', { authority: 'self_where_possible' })
const grietje = person('grietje', 'partner_rep', { authority: 'representative' })
const naima = person('naima', 'primary_carer')
const withHenk = [henk, grietje, naima]

const words = (who: (string | null)[]): Words => ({
  area: 'physical',
  plainText: 'Ria loopt naar de tuin.',
  professionalText: '',
  success: '',
  reviewOn: null,
  actions: who.map((id) => ({ what: 'Iets doen', who: id, when: '' })),
})
const HASH = 'a'.repeat(64)
const round = (answers: Answer[] = [], more: Partial<Round> = {}): Round => ({
  version: 1,
  hash: HASH,
  parties: ['ria', 'fatima', 'marjan'].map((personId) => ({ personId, required: true })),
  answers,
  trialUntil: null,
  dissent: null,
  ...more,
})
const said = (party: string, answer: AnswerWord, more: Partial<Answer> = {}): Answer => ({
  partyId: party,
  actorId: party,
  answer,
  method: 'own_device',
  remark: '',
  witnesses: [],
  reaction: null,
  at: '2026-06-18T12:00:00Z',
  ...more,
})
const given = (actor: Person, answer: AnswerWord, more: Partial<Given> = {}): Given => ({
  actor,
  party: actor,
  hash: HASH,
  answer,
  method: 'own_device',
  remark: '',
  witnesses: [],
  reaction: null,
  ...more,
})

test('the client, the responsible professional and everyone with an action are asked', () => {
  expect(partiesOf(words(['joost', 'marjan', null, 'joost']), people)).toEqual(
    ['ria', 'fatima', 'joost', 'marjan'].map((personId) => ({ personId, required: true })),
  )
})

test('naming parties never leaves out the two who must say yes', () => {
  const parties = partiesOf(words(['joost']), people, {
    required: ['marjan'],
    heard: ['joost', 'ria'],
  })
  expect(parties).toEqual([
    ...['ria', 'fatima', 'marjan'].map((personId) => ({ personId, required: true })),
    { personId: 'joost', required: false },
  ])
})

test('a supporter of the client has no vote, and a stranger is no party', () => {
  expect(partiesOf(words([]), people, { required: ['wil'] })).toBe('no-vote')
  expect(partiesOf(words([]), people, { required: ['nobody'] })).toBe('unknown-person')
})

test('a goal is agreed when every required party said yes to these words', () => {
  const yes = ['ria', 'fatima', 'marjan'].map((who) => said(who, 'yes'))
  expect(standingOf(round(yes.slice(0, 2)), people)).toBe('waiting')
  expect(standingOf(round(yes), people)).toBe('agreed')
  expect(standingOf(round(yes, { trialUntil: '2026-09-01' }), people)).toBe('agreed-on-trial')
})

test('the latest answer of a party counts', () => {
  const answers = ['ria', 'fatima', 'marjan'].map((who) => said(who, 'yes'))
  expect(standingOf(round([...answers, said('marjan', 'no')]), people)).toBe('waiting')
  expect(standingOf(round([...answers, said('marjan', 'no'), said('marjan', 'yes')]), people)).toBe(
    'agreed',
  )
})

test('having seen it is no vote, and takes no vote back', () => {
  const answers = ['ria', 'fatima', 'marjan'].map((who) => said(who, 'yes'))
  expect(standingOf(round([...answers, said('marjan', 'seen')]), people)).toBe('agreed')
})

test('an observed reaction never fulfils a required answer (domain D11)', () => {
  const observed = said('ria', 'yes', { actorId: 'fatima', method: 'observed_response' })
  expect(standingOf(round([observed, said('fatima', 'yes'), said('marjan', 'yes')]), people)).toBe(
    'waiting',
  )
})

test('resistance stops a goal, whoever says yes afterwards (domain D12)', () => {
  const resisted = said('henk', 'no', { actorId: 'naima', method: 'observed_response' })
  const parties = ['henk', 'naima'].map((personId) => ({ personId, required: true }))
  const onBehalf = said('henk', 'yes', { actorId: 'grietje', method: 'on_behalf' })
  const answers = [resisted, onBehalf, said('naima', 'yes')]
  expect(standingOf(round(answers, { parties }), withHenk)).toBe('resisted')
  expect(isResisted([...answers, said('henk', 'yes')], 'henk')).toBe(false)
})

test('who is heard can delay with a no, and never blocks in silence (domain D5)', () => {
  const parties = [
    ...['ria', 'fatima'].map((personId) => ({ personId, required: true })),
    { personId: 'marjan', required: false },
  ]
  const yes = ['ria', 'fatima'].map((who) => said(who, 'yes'))
  expect(standingOf(round(yes, { parties }), people)).toBe('agreed')
  expect(standingOf(round([...yes, said('marjan', 'no')], { parties }), people)).toBe('disputed')
})

test('dissent is recorded beside the words once the client and her carer said yes (domain D3)', () => {
  const answers = [said('ria', 'yes'), said('fatima', 'yes'), said('marjan', 'no')]
  expect(standingOf(round(answers, { dissent: 'Zij houdt hieraan vast.' }), people)).toBe(
    'agreed-with-dissent',
  )
  expect(standingOf(round(answers.slice(1), { dissent: 'Toch.' }), people)).toBe('waiting')
})

test('an answer belongs to the words that were read', () => {
  expect(readAnswer(round(), given(ria, 'yes', { hash: 'b'.repeat(64) }), people)).toBe(
    'words-changed',
  )
  expect(readAnswer(round(), given(ria, 'yes'), people)).toBe(null)
})

test('who is no party can only say that they saw it', () => {
  expect(readAnswer(round(), given(joost, 'yes'), people)).toBe('not-a-party')
  expect(readAnswer(round(), given(joost, 'seen'), people)).toBe(null)
})

test('a professional gives a reason for a no; the client need not', () => {
  expect(readAnswer(round(), given(fatima, 'no'), people)).toBe('reason-missing')
  expect(readAnswer(round(), given(fatima, 'no', { remark: 'Te zwaar.' }), people)).toBe(null)
  expect(readAnswer(round(), given(ria, 'no'), people)).toBe(null)
})

test('nobody answers for another, except where the way of answering says so', () => {
  const forRia = (actor: Person, method: Method, more: Partial<Given> = {}) =>
    readAnswer(round(), given(actor, 'yes', { party: ria, method, ...more }), people)
  expect(forRia(fatima, 'own_device')).toBe('not-for-her')
  expect(forRia(marjan, 'shared_screen')).toBe('not-for-her')
  expect(forRia(fatima, 'shared_screen')).toBe(null)
  expect(forRia(fatima, 'verbal_recorded')).toBe('witness-missing')
  expect(forRia(fatima, 'verbal_recorded', { witnesses: ['fatima', 'ria'] })).toBe(
    'witness-missing',
  )
  for (const heard of [['joost'], ['joost', 'joost'], ['joost', 'ria']])
    expect(forRia(fatima, 'verbal_recorded', { witnesses: heard })).toBe('witness-missing')
  expect(forRia(fatima, 'verbal_recorded', { witnesses: ['joost', 'fatima'] })).toBe(null)
  expect(forRia(fatima, 'verbal_recorded', { witnesses: ['joost', 'marjan'] })).toBe(null)
  expect(forRia(marjan, 'on_behalf', { reaction: 'liked' })).toBe('not-for-her')
})

test('who keeps the record of a meeting writes down what somebody at the table says aloud', () => {
  const team = person('wijk', 'social_district_team', { authority: 'own_task' })
  const all = [...people, team]
  const aloud = (actor: Person, party: Person, more: Partial<Given> = {}) =>
    readAnswer(
      round(),
      given(actor, 'yes', {
        party,
        method: 'verbal_recorded',
        witnesses: ['joost', 'wijk'],
        keepsRecord: true,
        ...more,
      }),
      all,
    )
  expect(aloud(team, marjan)).toBe(null)
  expect(aloud(team, marjan, { keepsRecord: false })).toBe('not-for-her')
  expect(aloud(team, marjan, { witnesses: [team.id, marjan.id] })).toBe('witness-missing')
  expect(aloud(team, ria)).toBe('not-for-her') // what the client says is written down by the care
  expect(aloud(team, marjan, { method: 'own_device' })).toBe('not-for-her')
  // a professional's no has its reason, also when it was said aloud
  expect(aloud(team, fatima, { answer: 'no' })).toBe('reason-missing')
  expect(aloud(team, fatima, { answer: 'no', remark: 'Te zwaar.' })).toBe(null)
  expect(aloud(team, marjan, { answer: 'no' })).toBe(null)
})

test('her representative answers for a client who cannot, with her own reaction beside it (N4)', () => {
  const parties = ['henk', 'naima'].map((personId) => ({ personId, required: true }))
  const behalf = (reaction: Given['reaction']) =>
    readAnswer(
      round([], { parties }),
      given(grietje, 'yes', { party: henk, method: 'on_behalf', reaction }),
      withHenk,
    )
  expect(behalf(null)).toBe('reaction-missing')
  expect(behalf('no-reaction')).toBe(null)
})
