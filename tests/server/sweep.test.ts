/** Rounds that wait: reminders with an end, and a round that runs out; the clock is handed in. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { firstBreak } from '#server/chain.ts'
import { newFor } from '#server/notices.ts'
import { presentGoal } from '#server/goals.ts'
import { proofOf } from '#server/proof.ts'
import { readGoalView } from '#server/plans.ts'
import { Sweep } from '#server/sweep.ts'
import type { GoalView, NoticeView } from '#live/wire.ts'
import { goal, presented, say } from '../goal.ts'
import { table, type Guest, type Table } from '../table.ts'

let t: Table
let ria: Guest
let marjan: Guest
let fatima: Guest
beforeAll(async () => {
  t = await table()
  ;[ria, marjan, fatima] = (await Promise.all(
    ['ria', 'marjan', 'fatima'].map((key) => t.person(key)),
  )) as [Guest, Guest, Guest]
})
afterAll(() => t.close())

const inDays = (days: number) => new Date(Date.now() + days * 86_400_000 + 60_000)
const heard = async (who: Guest, about: GoalView) =>
  ((await newFor(t.app, who.account, 'plan-01')) as NoticeView[])
    .filter(({ goalId }) => goalId === about.id)
    .map(({ kind }) => kind)
    .reverse()

test('who does not react is reminded on day 3, 7 and 14; then it stops and who leads hears', async () => {
  const shown = await presented(t, fatima, { parties: [marjan.id] })
  await say(t, ria, shown, 'talk')
  await say(t, fatima, shown, 'yes')
  for (const days of [2, 3, 3, 4, 7, 9, 14, 20, 30]) await t.app.sweep.run(inDays(days))
  expect(await heard(marjan, shown)).toEqual(['asked', 'reminder', 'reminder', 'reminder'])
  expect(await heard(ria, shown)).toEqual([])
  expect(await heard(fatima, shown)).toEqual(['no-answer'])
})

test('two processes that look at the same moment remind once', async () => {
  const shown = await presented(t, fatima, { parties: [marjan.id] })
  const other = new Sweep({ acts: t.app.acts, roundDays: 42, trouble: () => {} })
  const third = inDays(3)
  await Promise.all([t.app.sweep.run(third), other.run(third)])
  await other.stop()
  expect(await heard(marjan, shown)).toEqual(['asked', 'reminder'])
})

test('after six weeks a round has run out: that is no yes, and it can be laid before people again', async () => {
  const shown = await presented(t, fatima, { parties: [marjan.id] })
  await say(t, ria, shown, 'yes')
  await say(t, fatima, shown, 'yes')
  await t.app.sweep.run(inDays(42))
  const ended = goal(await readGoalView(t.app, fatima.account, shown.id))
  expect(ended).toMatchObject({ state: 'expired', agreed: null })
  expect(ended.marks.at(-1)).toMatchObject({ kind: 'expired', byId: null })
  expect(await say(t, marjan, shown, 'yes')).toBe('expired')
  expect(await heard(marjan, shown)).toContain('expired')
  const asked = { goalId: shown.id, again: true, parties: [] }
  expect(goal(await presentGoal(t.app.acts, fatima.account, asked))).toMatchObject({
    state: 'presented',
    version: 2,
    hash: shown.hash,
  })
})

test('what was agreed before stays in force when a later round runs out', async () => {
  const shown = await presented(t, fatima)
  await say(t, ria, shown, 'yes')
  await say(t, fatima, shown, 'yes')
  const again = { goalId: shown.id, again: true, parties: [] }
  await presentGoal(t.app.acts, fatima.account, again)
  await t.app.sweep.run(inDays(43))
  expect(goal(await readGoalView(t.app, ria.account, shown.id))).toMatchObject({
    state: 'agreed',
    version: 1,
  })
})

test('what stays unread becomes a letter, once; what was answered meanwhile does not', async () => {
  const shown = await presented(t, fatima, { parties: [marjan.id] })
  const answered = await presented(t, fatima, { parties: [marjan.id] })
  const letters = async ({ id }: GoalView) => {
    const rows = await t.app.db.sql`
      select 1 from letter where account_id = ${marjan.account.id} and kind = 'answer-asked'
        and facts ->> 'goalId' = ${id}`
    return rows.length
  }
  await t.app.sweep.run()
  expect(await letters(shown)).toBe(0)
  await say(t, marjan, answered, 'yes')
  await t.app.sweep.run(inDays(1))
  await t.app.sweep.run(inDays(1))
  expect([await letters(shown), await letters(answered)]).toEqual([1, 0])
})

test('the record of what time did holds as well', async () => {
  expect(firstBreak(await proofOf(t.app.db.sql, 'plan-01'))).toBe(null)
})
