import { afterAll, beforeAll, expect, test } from 'vitest'
import { invite } from '#server/circle.ts'
import { dayOf } from '#plan/deadlines.ts'
import { isRefusal } from '#plan/refusals.ts'
import * as days from '#server/db/days.ts'
import { tickTopic } from '#server/decided.ts'
import { planMeeting } from '#server/planning.ts'
import { planLines } from '#server/plan-lines.ts'
import { planDuties } from '#server/plans.ts'
import { table, type Table } from '../table.ts'

let t: Table
beforeAll(async () => (t = await table()))
afterAll(() => t.close())

const line = async (key: string, planId: string, today: string) =>
  (await planLines(t.app, (await t.person(key, planId)).account, today))[0]!

test('Wlz 8.1.3 lid 1 (L13): Chantal sees on which day of the six weeks Gerrit’s plan is', async () => {
  const found = await line('chantal', 'plan-09', '2026-07-08')
  expect(found.deadline).toMatchObject({ duty: 'set', by: '2026-07-27' })
  expect(found.deadline!.tape).toMatchObject({ unit: 'weeks', day: 23, of: 42 })
  expect(found.nearness).toBe('week') // Chantal herself has yet to answer
  expect((await line('chantal', 'plan-09', '2026-07-28')).nearness).toBe('late')
})

test('what waits is said with names, and a plan that waits for somebody is for this week', async () => {
  const { waits } = await line('chantal', 'plan-09', '2026-07-08')
  expect(waits).toContainEqual({ for: 'others', names: ['Femke Lubbers'] })
  const femke = await line('femke', 'plan-09', '2026-07-08')
  expect(femke.waits[0]).toMatchObject({ for: 'you' })
  expect(femke).toMatchObject({ professional: false, nearness: 'week' })
})

test('resistance is for a talk apart, before anything else', async () => {
  const { states, waits } = await line('bas', 'plan-07', '2026-07-08')
  expect(states[0]).toMatchObject({ state: 'apart', count: 1 })
  expect(waits).toContainEqual({ for: 'talk' })
})

test('a goal nobody looked back at yet names its day; one that was looked back at does not', async () => {
  const { waits } = await line('fatima', 'plan-01', '2026-07-08')
  expect(waits).toEqual([{ for: 'look-back', day: '2026-09-01', trial: false }])
})

test('the most urgent plan stands first, and a review starts the half year anew', async () => {
  const fatima = await t.person('fatima')
  const gerrit = await t.person('gerrit', 'plan-09')
  const chantal = await t.person('chantal', 'plan-09')
  await invite(t.app.acts, chantal.account, {
    planId: 'plan-09',
    name: 'Fatima el Idrissi',
    email: fatima.account.email,
    role: 'nurse',
    consent: 'Fatima mag meekijken.',
  })
  const before = await planLines(t.app, fatima.account, '2026-07-20')
  expect(before.map(({ id }) => id)).toEqual(['plan-09', 'plan-01'])
  const { sql } = t.app.db
  await days.add(sql, 'plan-09', { kind: 'set', onDay: '2026-07-20', by: gerrit.id })
  await days.add(sql, 'plan-01', { kind: 'reviewed', onDay: '2026-07-18', by: fatima.id })
  const after = await planLines(t.app, fatima.account, '2026-07-20')
  expect(after.map(({ id, deadline }) => [id, deadline?.duty, deadline?.by])).toEqual([
    ['plan-01', 'set', '2026-08-29'],
    ['plan-09', 'review', '2027-01-20'],
  ])
})

test('the days of a plan’s course are only added to', async () => {
  const { sql } = t.app.db
  await expect(sql`update plan_day set on_day = '2020-01-01'`).rejects.toThrow('only added to')
  await expect(sql`delete from plan_day`).rejects.toThrow('only added to')
})

test('L2, L6, L7, L13: who can act on it reads on the plan what the law asks now; a relative does not', async () => {
  const duties = async (key: string, planId: string) =>
    planDuties(t.app, (await t.person(key, planId)).account, planId)
  const before = await duties('chantal', 'plan-09')
  expect(before?.deadlines.map(({ duty }) => duty)).toEqual(['review']) // set above
  const ria = await duties('fatima', 'plan-01') // looked back at above, and not set since
  expect(ria?.deadlines.map(({ duty }) => duty)).toEqual(['set', 'review'])
  expect(before).toMatchObject({ topics: 9, meeting: null })
  const chantal = await t.person('chantal', 'plan-09')
  for (const [topic, state] of [
    ['food', 'discussed'],
    ['faith', 'not-needed'],
    ['day', 'later'],
  ] as const)
    await tickTopic(t.app.acts, chantal.account, { planId: 'plan-09', topic, state })
  const planned = await planMeeting(t.app.acts, chantal.account, {
    planId: 'plan-09',
    onAt: '2090-08-25T12:00:00.000Z',
    minutes: 30,
    place: 'Huiskamer',
    link: '',
    people: [],
  })
  expect(isRefusal(planned)).toBe(false)
  expect(await duties('chantal', 'plan-09')).toMatchObject({
    topics: 7,
    meeting: { on: '2090-08-25', told: dayOf(new Date()) },
  })
  expect(await duties('femke', 'plan-09')).toBe(null)
})
