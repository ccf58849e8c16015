import { expect, test } from 'vitest'
import { standingOf } from '#plan/agreement.ts'
import { readAnswer } from '#plan/answering.ts'
import { abilityFor, decisionMaker, standsIn } from '#plan/deciding.ts'
import { actingRepresentative, representatives } from '#plan/people.ts'
import {
  asked,
  given,
  grietje,
  henk,
  henksPeople,
  judged,
  naima,
  person,
  round,
  said,
} from './cast.ts'

const TODAY = '2026-06-18'
const washing = judged('wassen en kleden', false)
const eating = judged('wat hij eet', true)

test('L9: who stands in is the first in the legal order who does not decline', () => {
  const curator = person('els', 'curator')
  const mandated = person('anjali', 'authorised_rep')
  const sister = person('zus', 'family_rep')
  const son = person('zoon', 'family_rep')
  const people = [henk, son, sister, grietje, mandated, curator]
  const order = (all = people) => representatives(all).map(({ id }) => id)
  expect(order()).toEqual(['els', 'anjali', 'grietje', 'zoon', 'zus'])
  expect(order(people.map((p) => (p === curator ? { ...p, declines: true } : p)))[0]).toBe('anjali')
  const pointed = people.map((p) => (p === sister ? { ...p, pointedOut: true } : p))
  expect(order(pointed).slice(-2)).toEqual(['zus', 'zoon'])
  expect(actingRepresentative(people)?.id).toBe('els')
})

test('L9: a first contact and a bewindvoerder never stand in (domain D5, D6)', () => {
  const people = [henk, person('roy', 'first_contact'), person('geld', 'administrator'), naima]
  expect(representatives(people)).toEqual([])
  expect(decisionMaker('unable', people)).toEqual({ decides: 'nobody', person: null })
})

const about = (topic: string | null, goalId = 'goal') => ({ goalId, topic })

test('L14: what she can decide is judged topic by topic, never for her as a person', () => {
  const all = [washing, eating]
  expect(abilityFor(about(washing.id), all, TODAY)).toBe('unable')
  expect(abilityFor(about(eating.id), all, TODAY)).toBe('able')
  expect(abilityFor(about('none'), all, TODAY)).toBe('able')
  expect(abilityFor(about(null), all, TODAY)).toBe('in-part')
  expect(abilityFor(about(null), [eating], TODAY)).toBe('able')
})

test('L14: a new judgement of a topic takes the place of the one before; both stay', () => {
  const again = judged('Wassen en  kleden', true, { id: 'again' })
  expect(abilityFor(about(washing.id), [washing, again], TODAY)).toBe('able')
  expect(
    abilityFor(about('again'), [judged('x', false), again, { ...washing, id: 'third' }], TODAY),
  ).toBe('unable')
})

test('L14: what was judged about one goal counts for that goal, and for no other', () => {
  const only = judged('Dit doel: buiten eten', false, { id: 'only', goalId: 'goal' })
  expect(abilityFor(about(null), [only], TODAY)).toBe('in-part')
  expect(abilityFor(about('only'), [only], TODAY)).toBe('unable')
  expect(abilityFor(about(null, 'other'), [only], TODAY)).toBe('able')
  expect(abilityFor(about('only', 'other'), [only], TODAY)).toBe('able')
  const again = judged('Dit doel: buiten eten', true, { id: 'again', goalId: 'other' })
  expect(abilityFor(about('only'), [only, again], TODAY)).toBe('unable')
})

test('L14: once the day of a judgement has passed, she is presumed able again', () => {
  const until = judged('wassen', false, { reviewOn: '2026-06-17' })
  expect(abilityFor(about('wassen'), [until], '2026-06-17')).toBe('unable')
  expect(abilityFor(about('wassen'), [until], TODAY)).toBe('able')
})

const forHenk = (ability: 'able' | 'unable' | 'in-part') =>
  readAnswer(
    round([], { parties: asked('henk', 'naima'), ability }),
    given(grietje, 'yes', { party: henk, method: 'on_behalf', reaction: 'liked' }),
    henksPeople,
  )

test('her representative decides for topic A, and not for topic B (domain D4)', () => {
  expect(forHenk('unable')).toBe(null)
  expect(forHenk('able')).toBe('not-for-her')
  expect(standsIn(grietje, 'able', henksPeople)).toBe(false)
})

test('L10: she is asked too; where she cannot decide, what she says is voice, not the yes', () => {
  const parties = asked('henk', 'naima')
  const own = [said('henk', 'yes'), said('naima', 'yes')]
  expect(standingOf(round(own, { parties, ability: 'unable' }), henksPeople)).toBe('waiting')
  expect(standingOf(round(own, { parties, ability: 'able' }), henksPeople)).toBe('agreed')
  const behalf = said('henk', 'yes', { actorId: 'grietje', method: 'on_behalf', reaction: 'liked' })
  expect(standingOf(round([...own, behalf], { parties, ability: 'unable' }), henksPeople)).toBe(
    'agreed',
  )
})

test('L10: her own no stops what another decided for her; asking nothing does not lift that', () => {
  const parties = asked('henk', 'naima')
  const behalf = (reaction: 'liked' | 'not-asked') =>
    said('henk', 'yes', { actorId: 'grietje', method: 'on_behalf', reaction })
  const after = (reaction: 'liked' | 'not-asked') =>
    standingOf(
      round([said('henk', 'no'), behalf(reaction), said('naima', 'yes')], {
        parties,
        ability: 'unable',
      }),
      henksPeople,
    )
  expect(after('not-asked')).toBe('resisted')
  expect(after('liked')).toBe('agreed')
})
