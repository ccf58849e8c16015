import { expect, test } from 'vitest'
import { leavesTime } from '#plan/preparation.ts'
import {
  addMonths,
  dayOf,
  deadlinesOf,
  isLate,
  nearnessOf,
  tapeOf,
  type PlanDays,
} from '#plan/deadlines.ts'

const plan = (more: Partial<PlanDays> = {}): PlanDays => ({
  law: 'Wlz',
  startedOn: '2026-06-15',
  reviewedOn: [],
  setOn: [],
  ...more,
})
const of = (duty: 'set' | 'review', days: PlanDays) =>
  deadlinesOf(days).find((deadline) => deadline.duty === duty)

test('Wlz 8.1.3 lid 1 (L13): a plan is set within six weeks after the start', () => {
  expect(of('set', plan())).toMatchObject({ since: '2026-06-15', by: '2026-07-27' })
  expect(of('set', plan({ setOn: ['2026-07-20'] }))).toBeUndefined()
})

test('Wlz 8.1.3 lid 1 (L13): and within six weeks after each review', () => {
  const reviewed = plan({ setOn: ['2026-07-20'], reviewedOn: ['2026-12-01'] })
  expect(of('set', reviewed)).toMatchObject({ since: '2026-12-01', by: '2027-01-12' })
  expect(of('set', { ...reviewed, setOn: ['2026-07-20', '2026-12-01'] })).toBeUndefined()
})

test('Wlz 8.1.3 lid 1 (L13): on day 43 without a set plan it is late, on day 42 it is not', () => {
  const deadline = of('set', plan())!
  expect(tapeOf(deadline, '2026-07-27')).toMatchObject({ day: 42, of: 42 })
  expect(isLate(deadline, '2026-07-27')).toBe(false)
  expect(tapeOf(deadline, '2026-07-28')).toMatchObject({ day: 43, of: 42 })
  expect(isLate(deadline, '2026-07-28')).toBe(true)
})

test('Wlz 8.1.1 lid 6 (L6): people look back twice a year, half a year after the last time', () => {
  expect(of('review', plan())).toMatchObject({ by: '2026-12-15' })
  expect(of('review', plan({ setOn: ['2026-08-01', '2026-09-01'] }))).toMatchObject({
    by: '2027-02-01',
  })
  const twice = plan({ setOn: ['2026-08-01'], reviewedOn: ['2027-01-20', '2026-10-05'] })
  expect(of('review', twice)).toMatchObject({ since: '2027-01-20', by: '2027-07-20' })
})

test('Wlz 8.1.1 lid 6 (L6): half a year from the end of a long month is the end of a shorter one', () => {
  expect(addMonths('2026-08-31', 6)).toBe('2027-02-28')
  expect(addMonths('2027-08-31', 6)).toBe('2028-02-29')
  expect(addMonths('2026-12-15', 6)).toBe('2027-06-15')
})

test('only the Wlz sets these terms', () => {
  expect(deadlinesOf(plan({ law: 'Zvw' }))).toEqual([])
  expect(deadlinesOf(plan({ law: 'Wlz + Wzd' }))).toHaveLength(2)
})

test('a plan of which no day is known has no terms', () => {
  expect(deadlinesOf(plan({ startedOn: null }))).toEqual([])
})

test('the nearest term comes first', () => {
  expect(deadlinesOf(plan()).map(({ duty }) => duty)).toEqual(['set', 'review'])
})

test('a day is near this week, this month or later, and late once it has passed', () => {
  const near = (by: string) => nearnessOf(by, '2026-07-07')
  expect(['2026-07-06', '2026-07-07', '2026-07-14', '2026-07-15', '2026-08-08'].map(near)).toEqual([
    'late',
    'week',
    'week',
    'month',
    'later',
  ])
})

test('the tape is filled as far as today: weeks for setting, months for looking back', () => {
  const set = tapeOf(of('set', plan())!, '2026-07-07')
  expect(set).toMatchObject({ unit: 'weeks', day: 22 })
  expect(set.parts.map((part) => part.toFixed(2))).toEqual([
    '1.00',
    '1.00',
    '1.00',
    '0.14',
    '0.00',
    '0.00',
  ])
  const review = tapeOf(of('review', plan())!, '2026-09-15')
  expect(review.parts).toEqual([1, 1, 1, 0, 0, 0])
  expect(tapeOf(of('set', plan())!, '2027-01-01').parts).toEqual([1, 1, 1, 1, 1, 1])
  expect(tapeOf(of('set', plan())!, '2026-06-01').parts).toEqual([0, 0, 0, 0, 0, 0])
})

test('a day is a Dutch day: half past midnight in summer is still yesterday in Greenwich', () => {
  expect(dayOf(new Date('2026-07-06T22:30:00Z'))).toBe('2026-07-07')
  expect(dayOf(new Date('2026-12-06T22:30:00Z'))).toBe('2026-12-06')
})

test('L3: a meeting in seven days leaves her the time for a plan of her own, in six it does not', () => {
  expect(leavesTime('2026-06-15', '2026-06-22')).toBe(true)
  expect(leavesTime('2026-06-15', '2026-06-21')).toBe(false)
})
