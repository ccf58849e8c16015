import { expect, test } from 'vitest'
import { shortTitle, type Item } from '#plan/agenda.ts'
import { newMeeting, type Meeting } from '#plan/meeting.ts'
import { correct, reportOf, withCorrections, type Correction } from '#plan/report.ts'
import type { Words } from '#plan/words.ts'

const item = (id: string, more: Partial<Item> = {}): Item => ({
  id,
  kind: 'point',
  title: `Over ${id}`,
  goalId: null,
  cardId: null,
  state: 'done',
  seconds: 0,
  carriedFrom: null,
  ...more,
})
const words: Words = {
  area: 'living',
  plainText: 'Ria zit elke middag op het balkon.',
  professionalText: '',
  success: '',
  reviewOn: '2027-03-01',
  actions: [{ what: 'Stoel buiten zetten', who: 'fatima', when: 'elke dag' }],
}
const held: Meeting = {
  ...newMeeting('fatima', [
    item('welcome', { kind: 'welcome', title: '' }),
    item('a', { seconds: 420 }),
    item('b', { state: 'parked' }),
    item('c', { kind: 'goal', goalId: 'g2', state: 'later' }),
  ]),
  state: 'finished',
  startedAt: '2026-06-18T12:00:00.000Z',
  finishedAt: '2026-06-18T12:40:00.000Z',
  presence: {
    ria: { how: 'here', because: '' },
    marjan: { how: 'remote', because: '' },
    bakker: { how: 'absent', because: 'Spoed' },
  },
}
const review = {
  goalId: 'g0',
  plainText: words.plainText,
  outcome: 'almost',
  text: 'Vier van de zeven dagen.',
  said: 'Ik zit er graag.',
  by: 'fatima',
} as const
const made = () =>
  reportOf(
    'm1',
    held,
    ['ria', 'marjan', 'fatima', 'bakker'],
    [
      {
        id: 'g1',
        words,
        agreed: {
          at: '2026-06-18T12:31:00.000Z',
          words,
          dissent: { personId: 'marjan', text: 'Ik vind het te koud.' },
        },
      },
      { id: 'g0', words, agreed: { at: '2026-06-01T12:00:00.000Z', words, dissent: null } },
      { id: 'g2', words: { ...words, plainText: 'Later op staan.' }, agreed: null },
    ],
    [
      { ...review, at: '2026-06-18T12:10:00.000Z' },
      { ...review, said: 'Lang geleden.', at: '2026-03-01T12:00:00.000Z' },
    ],
  )
const part = (name: string) => made().lines.filter((line) => line.part === name)

test('a report tells what happened in the meeting, and nothing of before it', () => {
  expect(part('present').map(({ person }) => person)).toEqual(['ria'])
  expect(part('remote').map(({ person }) => person)).toEqual(['marjan'])
  expect(part('absent').map(({ person, text }) => [person, text])).toEqual([
    ['bakker', 'Spoed'],
    ['fatima', ''],
  ])
  expect(part('item')).toMatchObject([{ title: 'Over a', minutes: 7 }])
  expect(part('agreed')).toMatchObject([{ goalId: 'g1', title: words.plainText }])
  expect(part('action')).toMatchObject([
    { title: 'Stoel buiten zetten', person: 'fatima', when: 'elke dag' },
  ])
  expect(part('dissent')).toMatchObject([{ person: 'marjan', title: 'Ik vind het te koud.' }])
  expect(part('review')).toMatchObject([
    {
      goalId: 'g0',
      title: words.plainText,
      review: { outcome: 'almost', seen: 'Vier van de zeven dagen.', said: 'Ik zit er graag.' },
    },
  ])
  expect(part('open')).toMatchObject([{ title: 'Later op staan.' }])
  expect(part('parked').map(({ title }) => title)).toEqual(['Over b', 'Over c'])
})

test('what was said is corrected with the words before it; what was agreed is not', () => {
  const at = '2026-06-18T13:00:00.000Z'
  const first = correct(made(), { line: 'item-a', text: ' Het ging  goed. ', by: 'fatima', at })
  expect(first).toEqual({ line: 'item-a', was: '', becomes: 'Het ging goed.', by: 'fatima', at })
  const stands = withCorrections(made(), [first as Correction])
  expect(correct(stands, { line: 'item-a', text: 'Beter.', by: 'fatima', at })).toMatchObject({
    was: 'Het ging goed.',
  })
  const ask = (line: string, text: string) => correct(stands, { line, text, by: 'fatima', at })
  expect(ask('item-a', 'Het ging goed.')).toBe('nothing-to-decide')
  expect(ask('agreed-g1', 'Iets anders.')).toBe('already-agreed')
  expect(ask('action-g1-0', 'Iets anders.')).toBe('already-agreed')
  expect(ask('review-g0-0', 'Gelukt.')).toBe('already-agreed')
  expect(ask('dissent-g1', 'Niets.')).toBe('already-agreed')
  expect(ask('nothing', 'x')).toBe('unknown-item')
})

test('a point stands in the report with its whole text; a name the chair gave it stays', () => {
  const text = 'Ik wil niet om zeven uur wakker gemaakt worden, want dan ben ik de hele dag moe.'
  const goal = {
    id: 'g5',
    words: { ...words, plainText: 'Ria slaapt uit. Elke dag.' },
    agreed: null,
  }
  const meeting: Meeting = {
    ...held,
    agenda: [
      item('wish-w', { kind: 'wish', cardId: 'w', title: shortTitle(text) }),
      item('point-p', { cardId: 'p', title: 'Slapen' }),
      item('point-gone', { cardId: 'gone', title: 'Het ging over …' }),
      item('goal-g5', { kind: 'goal', goalId: 'g5', title: '', state: 'parked' }),
    ],
  }
  const cards = [
    { id: 'w', text },
    { id: 'p', text: 'Hoe slaapt Ria de laatste tijd? Het licht is vaak aan.' },
  ]
  const { lines } = reportOf('m1', meeting, [], [goal], [], cards)
  const titles = (part: string) => lines.flatMap((one) => (one.part === part ? one.title : []))
  expect(shortTitle(text)).toMatch(/…$/)
  expect(titles('item')).toEqual([text, 'Slapen', 'Het ging over …'])
  expect(titles('parked')).toEqual(['Ria slaapt uit. Elke dag.'])
})
