/** What is new for somebody, and what is no news any more. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { isRefusal } from '#plan/refusals.ts'
import { answerGoal } from '#server/agreement.ts'
import { presentGoal, reviseGoal } from '#server/goals.ts'
import { newFor } from '#server/notices.ts'
import { presentedGoal } from '../presented.ts'
import { table, type Guest, type Table } from '../table.ts'

let place: Table
let fatima: Guest
let marjan: Guest
let ria: Guest
beforeAll(async () => {
  place = await table()
  fatima = await place.person('fatima')
  marjan = await place.person('marjan')
  ria = await place.person('ria')
})
afterAll(() => place.close())

let taps = 0
type Goal = { id: string; hash: string }
const say = async (who: Guest, { id, hash }: Goal, answer: 'yes' | 'no', remark = '') => {
  const given = { goalId: id, hash, answer, method: 'own_device', remark } as const
  const said = await answerGoal(place.app.acts, who.account, { ...given, key: `tap-${taps++}` })
  if (isRefusal(said)) throw new Error(said)
}
const news = async (who: Guest, { id }: Goal) => {
  const found = await newFor(place.app, who.account, 'plan-01')
  if (isRefusal(found)) throw new Error(found)
  return found.filter(({ goalId }) => goalId === id).map(({ kind }) => kind)
}

test('that a yes no longer counts is no news once it was given again', async () => {
  const { acts } = place.app
  const goal = await presentedGoal(place, 'Ria eet buiten.', [marjan.id])
  await say(marjan, goal, 'yes')
  expect(isRefusal(await reviseGoal(acts, fatima.account, goal.id))).toBe(false)
  expect(await news(marjan, goal)).toEqual(['words-changed'])
  const again = await presentGoal(acts, fatima.account, { goalId: goal.id, parties: [marjan.id] })
  if (isRefusal(again)) throw new Error(again)
  expect(await news(marjan, goal)).toEqual(['asked', 'words-changed'])
  await say(marjan, { id: goal.id, hash: again.hash! }, 'yes')
  expect(await news(marjan, goal)).toEqual([])
})

test('who said yes hears of a no once, also when its reason follows; and no more once it is agreed', async () => {
  const goal = await presentedGoal(place, 'Ria kookt op vrijdag.', [marjan.id])
  await say(marjan, goal, 'yes')
  await say(ria, goal, 'no')
  await say(ria, goal, 'no', 'Wanneer')
  expect(await news(marjan, goal)).toEqual(['no-said'])
  await say(ria, goal, 'yes')
  await say(fatima, goal, 'yes')
  expect(await news(marjan, goal)).toEqual(['agreed'])
})
