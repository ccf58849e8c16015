/** The copy somebody can read without a network: what everyone reads, and reading it is only reading. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createGoal } from '#server/goals.ts'
import { offlinePlan } from '#server/offline.ts'
import { boards, planPage } from '#server/plans.ts'
import { seatAt, seatsOf } from '#server/seated.ts'
import { isRefusal, type Refusal } from '#plan/refusals.ts'
import { table, type Guest, type Table } from '../table.ts'

let here: Table
let fatima: Guest
let marjan: Guest
beforeAll(async () => {
  here = await table()
  fatima = await here.person('fatima')
  marjan = await here.person('marjan')
})
afterAll(() => here.close())

const PLAN = 'plan-01'
const granted = <T>(value: T | Refusal): T => {
  if (isRefusal(value)) throw new Error(value)
  return value
}
const copyFor = async (who: Guest, locale: 'nl' | 'en' = 'nl') =>
  granted(await offlinePlan(here.app, who.account, PLAN, locale))

test('a copy for who reads the zone of the care holds nothing of it', async () => {
  const seat = (await seatAt(here.app, fatima.account, PLAN))!
  const all = await boards(here.app, seat)
  const texts = (shared: boolean) =>
    all.filter(({ zone }) => (zone === 'shared') === shared).flatMap(({ cards }) => cards)
  const copy = JSON.stringify(await copyFor(fatima))
  expect(texts(false).length).toBeGreaterThan(0)
  expect(texts(false).filter(({ text }) => text && copy.includes(text))).toEqual([])
  for (const { text } of texts(true)) expect(copy).toContain(JSON.stringify(text))
})

test('it says what is agreed and who said what, in the language that is asked for', async () => {
  const { agreed, when, personId } = await copyFor(marjan)
  expect(personId).toBe(marjan.id)
  expect(when).toMatch(/^\d+\s\w+\s\d{4}, \d\d\.\d\d\suur$/)
  expect(agreed[0]).toMatchObject({ state: 'Afgesproken' })
  expect(agreed[0]!.agreed).toMatch(/^Afgesproken op /)
  expect(agreed.flatMap(({ said }) => said)).toContain('Fatima: ja')
  expect((await copyFor(marjan, 'en')).agreed[0]).toMatchObject({ state: 'Agreed' })
})

test('what is new to somebody stays new when their phone takes a copy', async () => {
  const page = async () => granted(await planPage(here.app, marjan.account, PLAN))
  await page()
  const asked = { planId: PLAN, area: 'living', wishes: [] } as const
  const { id } = granted(await createGoal(here.app.acts, fatima.account, asked))
  await copyFor(marjan)
  expect((await page()).newGoals).toContain(id)
})

test('who sits elsewhere gets no copy, and everybody hears where they sit', async () => {
  const toos = await here.person('toos', 'plan-03')
  expect(await offlinePlan(here.app, toos.account, PLAN, 'nl')).toBe('no-access')
  expect(await seatsOf(here.app, marjan.account)).toEqual([{ planId: PLAN, personId: marjan.id }])
})
