import { afterAll, beforeAll, expect, test } from 'vitest'
import { isRefusal, type Refusal } from '#plan/refusals.ts'
import { judge, whoDecides } from '#server/deciding.ts'
import { recordRefusal } from '#server/earlier-refusals.ts'
import * as events from '#server/db/events.ts'
import { goalPage } from '#server/plans.ts'
import { presentedGoal } from '../presented.ts'
import { table, type Guest, type Table } from '../table.ts'

let place: Table
let cast: Record<'ria' | 'marjan' | 'fatima', Guest>
beforeAll(async () => {
  place = await table()
  cast = {
    ria: await place.person('ria'),
    marjan: await place.person('marjan'),
    fatima: await place.person('fatima'),
  }
})
afterAll(() => place.close())

const ok = <T>(value: T): Exclude<T, Refusal> => {
  if (isRefusal(value)) throw new Error(value)
  return value as Exclude<T, Refusal>
}
const planId = 'plan-01'
const paper = { planId, text: 'Ik wil nooit achter een dichte deur.', area: null, on: '2024-02-01' }
const beside = async (who: Guest, goalId: string) =>
  ok(await goalPage(place.app, who.account, planId, goalId)).deciding?.refusals.map(
    ({ text }) => text,
  )

test('L12: an earlier written refusal warns beside a goal once she cannot decide it, until taken back', async () => {
  const { acts } = place.app
  const { ria, marjan, fatima } = cast
  expect(await recordRefusal(acts, marjan.account, paper)).toBe('no-access')
  expect(await recordRefusal(acts, fatima.account, { ...paper, text: '  ' })).toBe('nothing-said')
  const { id } = ok(await recordRefusal(acts, fatima.account, paper))
  const goal = await presentedGoal(place, 'De deur van de gang is dicht.')
  expect(await beside(fatima, goal.id)).toEqual([]) // she decides it herself today
  const judged = { planId, topic: 'Deuren', able: false, judgedBy: 'dokter Bakker, arts' }
  const why = { reason: 'Ria begrijpt de vraag nu niet.', on: '2026-06-01', reviewOn: null }
  ok(await judge(acts, fatima.account, { ...judged, ...why }))
  expect(await beside(fatima, goal.id)).toEqual([paper.text])
  expect(await beside(ria, goal.id)).toEqual([paper.text])
  expect(await beside(marjan, goal.id)).toBe(undefined) // it is of the zone of the care
  ok(await recordRefusal(acts, fatima.account, { planId, takesBack: id }))
  expect(await beside(fatima, goal.id)).toEqual([])
  expect(await recordRefusal(acts, fatima.account, { planId, takesBack: id })).toBe(
    'nothing-to-decide',
  )
  expect(ok(await whoDecides(place.app, ria.account, planId)).refusals).toEqual([])
})

test('refusals are only added to, and the chain names their hash and not their words', async () => {
  const { sql } = place.app.db
  expect(await sql`select id from earlier_refusal`).toHaveLength(2)
  await expect(sql`delete from earlier_refusal`).rejects.toThrow('only added to')
  await expect(sql`update earlier_refusal set text = ''`).rejects.toThrow('only added to')
  const told = (await events.ofPlan(sql, planId)).filter(({ kind }) => kind === 'earlier-refusal')
  expect(told).toHaveLength(2)
  expect(JSON.stringify(told)).not.toContain('dichte deur')
})
