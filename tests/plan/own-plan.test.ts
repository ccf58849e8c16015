import { expect, test } from 'vitest'
import type { Person, Role } from '#plan/people.ts'
import {
  isOpen,
  itemQuestions,
  lacksOf,
  newItems,
  standingItems,
  suggestionFor,
  type HandedIn,
} from '#plan/own-plan.ts'

const someone = (role: Role): Person => ({
  id: role,
  key: role,
  name: role,
  role,
  relation: null,
  authority: role === 'client' ? 'self' : role === 'nurse' ? 'professional' : 'own_task',
  mayConfirm: true,
  number: 1,
  confidantOfClient: false,
  access: 'active',
})
const item = (id: string, question: HandedIn['question'], text: string): HandedIn => ({
  id,
  meetingId: 'm',
  personId: 'client',
  question,
  text,
  cardId: `card-${question}`,
})

test('the client and who is close to her hand in a plan; a professional prepares, and hands in none', () => {
  expect(itemQuestions(someone('client'))).toEqual(['now', 'good', 'different', 'about', 'who'])
  expect(itemQuestions(someone('relative'))).toEqual(['she-says', 'you-think', 'happy', 'about'])
  expect(itemQuestions(someone('nurse'))).toEqual([])
})

test('what reads otherwise is a new item; what was handed in already is not one twice', () => {
  const answers = { now: 'Vaker naar  buiten.', good: 'De koffie.', feeling: 'goed' }
  const first = newItems(someone('client'), answers, [])
  expect(first).toEqual([
    { question: 'now', text: 'Vaker naar buiten.' },
    { question: 'good', text: 'De koffie.' },
  ])
  expect(newItems(someone('client'), answers, first)).toEqual([])
  expect(newItems(someone('client'), { good: 'De thee.' }, first)).toEqual([
    { question: 'now', text: '' },
    { question: 'good', text: 'De thee.' },
  ])
})

test('of each question the last item stands, and none where it was taken back', () => {
  const all = [item('1', 'now', 'Eerst.'), item('2', 'good', 'Dit.'), item('3', 'now', 'Nu.')]
  expect(standingItems(all).map(({ id }) => id)).toEqual(['2', '3'])
  expect(standingItems([...all, item('4', 'good', '')]).map(({ id }) => id)).toEqual(['3'])
})

test('not followed asks why; in the plan asks where', () => {
  expect(lacksOf({ outcome: 'not-followed', reason: ' ' })).toBe('reason-missing')
  expect(lacksOf({ outcome: 'not-followed', reason: 'Het kan niet.' })).toBe(null)
  expect(lacksOf({ outcome: 'card', reason: '' })).toBe('link-missing')
  expect(lacksOf({ outcome: 'already', goalId: 'g', reason: '' })).toBe(null)
})

test('an item waits for its meeting, and is open from that day until somebody says what became of it', () => {
  const day = '2026-06-18'
  expect(isOpen({ outcome: null, talkOn: '2026-06-19' }, day)).toBe(false)
  expect(isOpen({ outcome: null, talkOn: day }, day)).toBe(true)
  expect(isOpen({ outcome: null, talkOn: null }, day)).toBe(true)
  expect(isOpen({ outcome: 'already', talkOn: null }, day)).toBe(false)
})

test('what is proposed follows from the card it became: a goal that came of it, or that it is not followed', () => {
  const known = { cards: ['card-now'], goals: [], notFollowed: [] }
  const now = item('1', 'now', 'Naar buiten.')
  expect(suggestionFor(now, known)).toMatchObject({ outcome: 'card', cardId: 'card-now' })
  const goals = [{ id: 'g', wishes: ['card-now'] }]
  expect(suggestionFor(now, { ...known, goals })).toMatchObject({ outcome: 'card', goalId: 'g' })
  const notFollowed = [{ cardId: 'card-now', reason: 'Het is glad.' }]
  expect(suggestionFor(now, { ...known, goals, notFollowed })).toEqual({
    outcome: 'not-followed',
    reason: 'Het is glad.',
  })
  expect(suggestionFor(now, { ...known, cards: [] })).toBe(null)
})
