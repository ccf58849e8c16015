import { expect, test } from 'vitest'
import {
  complete,
  shortTitle,
  suggest,
  type CardOnAgenda,
  type GoalOnAgenda,
  type Item,
} from '#plan/agenda.ts'
import {
  itemNow,
  leftOver,
  minutesOf,
  named,
  newMeeting,
  settled,
  type GoalInMeeting,
  type Meeting,
} from '#plan/meeting.ts'
import type { Person, Role } from '#plan/people.ts'
import { isRefusal } from '#plan/refusals.ts'
import { takeStep, type Step } from '#plan/steps.ts'

const person = (
  id: string,
  role: Role,
  number: number,
  authority: Person['authority'],
): Person => ({
  id,
  key: id,
  name: id,
  role,
  relation: null,
  authority,
  mayConfirm: true,
  number,
  confidantOfClient: false,
  access: 'active',
})
const ria = person('ria', 'client', 1, 'self')
const marjan = person('marjan', 'first_contact', 2, 'own_task')
const fatima = person('fatima', 'primary_carer', 3, 'professional')
const bakker = person('bakker', 'elderly_care_physician', 4, 'professional')
const people = [bakker, fatima, marjan, ria]

const item = (id: string, kind: Item['kind'] = 'other'): Item => ({
  id,
  kind,
  title: id,
  goalId: null,
  cardId: null,
  state: 'later',
  seconds: 0,
  carriedFrom: null,
})
const planned = () =>
  newMeeting('fatima', [item('welcome', 'welcome'), item('a'), item('b'), item('close', 'close')])

let minute = 0
const at = () => `2026-06-18T14:${String(minute).padStart(2, '0')}:00.000Z`
const step = (meeting: Meeting, by: Person, asked: Step) =>
  takeStep(meeting, asked, { by, people, now: at(), newId: `new${minute}` })
function take(meeting: Meeting, by: Person, ...steps: Step[]): Meeting {
  let now = meeting
  for (const asked of steps) {
    const after = step(now, by, asked)
    if (isRefusal(after)) throw new Error(after)
    now = after
  }
  return now
}
const begun = () => take(planned(), fatima, { do: 'start' })

test('only who leads begins the meeting, and it begins at the first item', () => {
  expect(step(planned(), bakker, { do: 'start' })).toBe('not-the-chair')
  const meeting = begun()
  expect(meeting).toMatchObject({ state: 'under-way', item: 'welcome', chair: 'fatima' })
  expect(step(meeting, fatima, { do: 'start' })).toBe('not-now')
})

test('the next item ends the one before, and its time stays with it', () => {
  minute = 0
  let meeting = begun()
  minute = 4
  meeting = take(meeting, fatima, { do: 'next' })
  expect(meeting.agenda[0]).toMatchObject({ state: 'done', seconds: 240 })
  expect(itemNow(meeting)?.id).toBe('a')
  minute = 6
  expect(minutesOf(meeting, meeting.agenda[1]!, at())).toBe(2)
  meeting = take(meeting, fatima, { do: 'go-to', item: 'welcome' })
  expect(meeting.agenda.map(({ state }) => state)).toEqual(['later', 'later', 'later', 'later'])
  expect(minutesOf(meeting, meeting.agenda[0]!, at())).toBe(4)
})

test('a parked item gives way to the next, and can come back', () => {
  let meeting = take(begun(), fatima, { do: 'next' }, { do: 'park', item: 'a' })
  expect(meeting.item).toBe('b')
  expect(meeting.agenda[1]!.state).toBe('parked')
  meeting = take(meeting, fatima, { do: 'next' })
  expect(meeting.item).toBe('close')
  expect(step(meeting, fatima, { do: 'next' })).toBe('nothing-to-decide')
  meeting = take(meeting, fatima, { do: 'unpark', item: 'a' }, { do: 'next' })
  expect(meeting.item).toBe('a')
})

test('a goal that was made in the meeting is put on the table, once', () => {
  const meeting = take(begun(), fatima, { do: 'bring', goal: 'g9', title: 'Het balkon' })
  expect(meeting.agenda.map(({ id }) => id)).toEqual(['welcome', 'goal-g9', 'a', 'b', 'close'])
  expect(itemNow(meeting)).toMatchObject({ goalId: 'g9', title: 'Het balkon' })
  const back = take(meeting, fatima, { do: 'next' })
  const again = take(back, fatima, { do: 'bring', goal: 'g9', title: 'Anders' })
  expect(again.agenda).toHaveLength(5)
  expect(again.item).toBe('goal-g9')
  expect(step(begun(), bakker, { do: 'bring', goal: 'g9', title: 'x' })).toBe('not-the-chair')
})

test('a goal that came on the table without words is called by them once they are there', () => {
  const meeting = take(begun(), fatima, { do: 'bring', goal: 'g9', title: '' })
  expect(named(meeting, new Map([['g9', '']]))).toBe(meeting)
  const words = new Map([
    ['g9', 'Ria zit elke middag op het balkon.'],
    ['g8', 'Iets anders.'],
  ])
  expect(itemNow(named(meeting, words))!.title).toBe('Ria zit elke middag op het …')
  const known = take(begun(), fatima, { do: 'bring', goal: 'g9', title: 'Het balkon' })
  expect(named(known, words)).toBe(known) // a name somebody gave it stays
})

test('what is agreed in the meeting is dealt with at once, and so is the wish it was made of', () => {
  const wish: Item = { ...item('wish', 'wish'), cardId: 'w4' }
  const other: Item = { ...item('other', 'wish'), cardId: 'w5' }
  const meeting = take(newMeeting('fatima', [item('welcome', 'welcome'), wish, other]), fatima, {
    do: 'start',
  })
  const from = (at: string | null) => [
    { id: 'g9', wishes: ['w4'], agreed: at === null ? null : { at } },
  ]
  const states = (goals: GoalInMeeting[]) =>
    settled(meeting, goals).agenda.map(({ state }) => state)
  expect(states(from(null))).toEqual(['later', 'later', 'later'])
  expect(states(from('2026-06-18T13:00:00.000Z'))).toEqual(['later', 'later', 'later']) // before it
  expect(states(from('2026-06-18T15:00:00.000Z'))).toEqual(['later', 'done', 'later'])
  const on = take(settled(meeting, from('2026-06-18T15:00:00.000Z')), fatima, { do: 'next' })
  expect(on.item).toBe('other') // nobody is led back to it
})

test('what is left at the end is what was not dealt with, but for what is on the table', () => {
  let meeting = take(begun(), fatima, { do: 'next' }, { do: 'park', item: 'b' })
  expect(leftOver(meeting).map(({ id }) => id)).toEqual(['b']) // a is on the table
  meeting = take(meeting, fatima, { do: 'go-to', item: 'close' })
  expect(leftOver(meeting).map(({ id }) => id)).toEqual(['a', 'b'])
  const { agenda } = take(meeting, fatima, { do: 'finish' })
  const matter = {
    goals: [],
    cards: [],
    people,
    dealtWith: new Map<string, string>(),
    day: '2026-07-18',
  }
  const then = suggest({ ...matter, last: { agenda, day: '2026-06-18' } })
  expect(then.flatMap(({ id, carriedFrom }) => (carriedFrom ? id : []))).toEqual(['a', 'b'])
})

test('hands stand in the order in which they were raised, and only the chair lowers another', () => {
  let meeting = take(begun(), marjan, { do: 'raise' })
  meeting = take(meeting, ria, { do: 'raise' })
  meeting = take(meeting, marjan, { do: 'raise' })
  expect(meeting.hands.map((hand) => hand.person)).toEqual(['marjan', 'ria'])
  expect(step(meeting, bakker, { do: 'lower', person: 'marjan' })).toBe('not-the-chair')
  meeting = take(meeting, fatima, { do: 'lower', person: 'marjan' })
  meeting = take(meeting, ria, { do: 'lower' })
  expect(meeting.hands).toEqual([])
})

test('nobody leads by accident: taking over says from whom, and only who may lead can', () => {
  const meeting = begun()
  expect(step(meeting, marjan, { do: 'take-over', from: 'fatima' })).toBe('no-access')
  expect(step(meeting, ria, { do: 'take-over', from: 'fatima' })).toBe('no-access')
  const taken = take(meeting, bakker, { do: 'take-over', from: 'fatima' })
  expect(taken).toMatchObject({ chair: 'bakker', usual: 'fatima' })
  expect(step(taken, fatima, { do: 'next' })).toBe('not-the-chair')
  // a tap that was meant for how things stood before
  const again = take(taken, fatima, { do: 'take-over', from: 'bakker' })
  expect(step(again, bakker, { do: 'take-over', from: 'bakker' })).toBe('chair-changed')
})

test('the lead is handed over only to who may have it', () => {
  const meeting = begun()
  expect(step(meeting, fatima, { do: 'hand-over', to: 'marjan' })).toBe('no-access')
  expect(step(meeting, fatima, { do: 'hand-over', to: 'nobody' })).toBe('unknown-person')
  expect(take(meeting, fatima, { do: 'hand-over', to: 'bakker' }).chair).toBe('bakker')
})

test('a round asks the client first, then those close to her, and ends when all were heard', () => {
  let meeting = begun()
  for (const one of [bakker, fatima, marjan, ria])
    meeting = take(meeting, one, { do: 'arrive', how: 'here' })
  meeting = take(meeting, fatima, { do: 'ask-round' })
  expect(meeting.turns?.waiting).toEqual(['ria', 'marjan', 'fatima', 'bakker'])
  for (const one of ['ria', 'marjan', 'fatima'])
    meeting = take(meeting, fatima, { do: 'heard', person: one })
  expect(meeting.turns).toEqual({ waiting: ['bakker'], heard: ['ria', 'marjan', 'fatima'] })
  expect(take(meeting, fatima, { do: 'heard', person: 'bakker' }).turns).toBeNull()
})

test('that the client is not there is written down with why', () => {
  const meeting = begun()
  const absent = { do: 'presence', person: 'ria', how: 'absent' } as const
  expect(step(meeting, fatima, absent)).toBe('reason-missing')
  const noted = take(meeting, fatima, { ...absent, because: 'Ze slaapt.' })
  expect(noted.presence.ria).toEqual({ how: 'absent', because: 'Ze slaapt.' })
  expect(step(meeting, marjan, { ...absent, because: 'x' })).toBe('not-the-chair')
})

test('pointing is in words, and belongs to one item', () => {
  let meeting = take(begun(), fatima, { do: 'point', words: 'Elke dag naar buiten' })
  expect(meeting.pointing).toMatchObject({ by: 'fatima', words: 'Elke dag naar buiten' })
  meeting = take(meeting, fatima, { do: 'next' })
  expect(meeting.pointing).toBeNull()
  expect(step(meeting, marjan, { do: 'point', words: 'x' })).toBe('not-the-chair')
})

test('before the meeting everyone who may lead prepares the agenda; in it only the chair', () => {
  const order = { do: 'order', items: ['welcome', 'b', 'a', 'close'] } as const
  const arranged = take(planned(), bakker, { ...order, items: [...order.items] })
  expect(arranged.agenda.map(({ id }) => id)).toEqual(order.items)
  expect(step(planned(), marjan, { do: 'add', title: 'Eten' })).toBe('not-the-chair')
  expect(step(begun(), bakker, { do: 'add', title: 'Eten' })).toBe('not-the-chair')
  expect(step(planned(), fatima, { do: 'order', items: ['a', 'a', 'b', 'close'] })).toBe(
    'unknown-item',
  )
  const added = take(begun(), fatima, { do: 'add', title: '  Het   eten ' })
  expect(added.agenda.at(-2)).toMatchObject({ title: 'Het eten', kind: 'other' })
})

test('a finished meeting holds no hands and takes no steps', () => {
  const meeting = take(take(begun(), marjan, { do: 'raise' }), fatima, { do: 'finish' })
  expect(meeting).toMatchObject({ state: 'finished', hands: [], item: null })
  for (const asked of [{ do: 'next' }, { do: 'raise' }, { do: 'finish' }] as const)
    expect(step(meeting, fatima, asked)).toBe('not-now')
})

const card = (
  id: string,
  kind: CardOnAgenda['kind'],
  text: string,
  saidBy: string,
): CardOnAgenda => ({ id, kind, text, saidBy })
const goal = (id: string, state: GoalOnAgenda['state'], reviewOn: string | null): GoalOnAgenda => ({
  id,
  state,
  plainText: `Doel ${id}.`,
  reviewOn,
  wishes: ['w1'],
})

test('the agenda fills itself: carried over, to look back on, new wishes, points, open goals', () => {
  const suggested = suggest({
    goals: [
      goal('due', 'agreed', '2026-06-20'),
      goal('far', 'agreed', '2027-01-01'),
      goal('open', 'draft', null),
    ],
    cards: [
      card('w1', 'wish', 'Naar buiten.', 'ria'),
      card('w2', 'wish', 'Later op staan.', 'ria'),
      card('p1', 'point', 'Het lopen gaat beter.', 'bakker'),
      card('p2', 'point', 'Is het veilig?', 'marjan'),
      card('p3', 'point', 'Al besproken.', 'ria'),
      card('s', 'story', 'Ik had een winkel.', 'ria'),
    ],
    people,
    last: {
      agenda: [
        { ...item('x'), state: 'parked' },
        { ...item('y'), state: 'done' },
      ],
      day: '2026-05-12',
    },
    dealtWith: new Map([['point-p3', '2026-05-12']]),
    day: '2026-06-18',
  })
  expect(suggested.map(({ id }) => id)).toEqual([
    'welcome',
    'who-i-am',
    'x',
    'look-back-due',
    'wish-w2',
    'point-p2',
    'point-p1',
    'goal-open',
    'close',
  ])
  expect(suggested[2]).toMatchObject({ carriedFrom: '2026-05-12', state: 'later' })
})

test('a goal comes on the table until it is agreed, and to be looked back on every half year', () => {
  const matter = { cards: [], people, last: null, day: '2026-06-18' }
  const on = (of: GoalOnAgenda, dealtWith: [string, string][]) =>
    suggest({ ...matter, goals: [of], dealtWith: new Map(dealtWith) })
      .map(({ id }) => id)
      .slice(2, -1)
  expect(on(goal('g', 'presented', null), [['goal-g', '2026-05-12']])).toEqual(['goal-g'])
  const due = goal('g', 'agreed', '2026-06-20')
  expect(on(due, [['look-back-g', '2025-12-18']])).toEqual(['look-back-g'])
  expect(on(due, [['look-back-g', '2026-06-01']])).toEqual([]) // it was this time's
})

test('what was taken off the agenda does not come back, what is new does', () => {
  const now = [item('welcome', 'welcome'), item('close', 'close')]
  const fresh = [item('welcome', 'welcome'), item('gone'), item('new'), item('close', 'close')]
  expect(complete(now, fresh, new Set(['gone'])).map(({ id }) => id)).toEqual([
    'welcome',
    'new',
    'close',
  ])
})

test('a title is the first words, whole, and ends with its sentence', () => {
  expect(shortTitle('Is het veilig? Ze viel.')).toBe('Is het veilig?')
  expect(shortTitle('Ria maakt elke donderdag de bloemen voor de tafels.')).toBe(
    'Ria maakt elke donderdag de …',
  )
  expect(shortTitle('Zelf lopen.')).toBe('Zelf lopen')
})
