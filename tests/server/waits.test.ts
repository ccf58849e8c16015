/** What waits for who answers for the client: at home, in the list of plans, in what is new. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { isRefusal } from '#plan/refusals.ts'
import { answerGoal } from '#server/agreement.ts'
import * as judgements from '#server/db/judgements.ts'
import { homePlans } from '#server/home.ts'
import { newFor } from '#server/notices.ts'
import { planLines } from '#server/plan-lines.ts'
import { presentedGoal } from '../presented.ts'
import { table, type Guest, type Table } from '../table.ts'

let place: Table
let grietje: Guest
let naima: Guest
let sjoerd: Guest
beforeAll(async () => {
  place = await table()
  grietje = await place.person('grietje', 'plan-02')
  naima = await place.person('naima', 'plan-02')
  sjoerd = await place.person('sjoerd', 'plan-02')
})
afterAll(() => place.close())

const atHome = async (who: Guest) => (await homePlans(place.app, who.account))[0]!.waits
const line = async (who: Guest) => (await planLines(place.app, who.account, '2026-07-08'))[0]!.waits
const under = async (unable: boolean) => {
  const judged = await judgements.ofPlan(place.app.db.sql, 'plan-02')
  return judged.find(({ able }) => able !== unable)!.id
}

test('a goal the client cannot decide waits for who stands in for him, until she answered for him', async () => {
  const where = { planId: 'plan-02', by: 'naima' }
  const topic = await under(true)
  const goal = await presentedGoal(place, 'Henk wordt rustig gewassen.', [], { ...where, topic })
  expect(await atHome(grietje)).toEqual([
    { id: goal.id, text: 'Henk wordt rustig gewassen.', forHer: true },
  ])
  expect(await atHome(sjoerd)).toEqual([])
  expect(await line(grietje)).toContainEqual({ for: 'her', count: 1, who: 'Henk Postma' })
  expect(await line(naima)).toContainEqual({
    for: 'others',
    names: ['Henk Postma', 'Grietje Postma'],
  })
  const heard = await newFor(place.app, grietje.account, 'plan-02')
  expect(isRefusal(heard) ? heard : heard.map(({ kind }) => kind)).toContain('asked')
  const henk = (await place.app.seats.circle('plan-02')).people.find(({ key }) => key === 'henk')!
  const said = await answerGoal(place.app.acts, grietje.account, {
    goalId: goal.id,
    hash: goal.hash,
    answer: 'yes',
    method: 'on_behalf',
    party: henk.id,
    reaction: 'liked',
    key: 'for-him',
  })
  expect(isRefusal(said)).toBe(false)
  expect(await atHome(grietje)).toEqual([])
})

test('a goal he decides himself waits for nobody who stands in for him', async () => {
  const where = { planId: 'plan-02', by: 'naima', topic: await under(false) }
  await presentedGoal(place, 'Henk kiest zelf wat hij eet.', [], where)
  expect(await atHome(grietje)).toEqual([])
})
