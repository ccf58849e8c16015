/** What an imported plan says of its days is kept as it says it. */
import { pino } from 'pino'
import { afterAll, beforeAll, expect, test } from 'vitest'
import demo from '#server/demo-plans.nl.json' with { type: 'json' }
import { isRefusal } from '#plan/refusals.ts'
import { firstBreak } from '#server/chain.ts'
import { readConfig } from '#server/config.ts'
import * as plans from '#server/db/plans.ts'
import { onRecord } from '#server/export/on-record.ts'
import { planRecord } from '#server/export/record.ts'
import { importDemo, importPlan } from '#server/import/plan.ts'
import { readPlan } from '#server/plans.ts'
import { proofOf } from '#server/proof.ts'
import { createApp } from '#server/table.ts'
import { table, type Table } from '../table.ts'

let here: Table
let since = ''
beforeAll(async () => {
  since = new Date().toISOString()
  here = await table()
})
afterAll(() => here.close())

async function goalsAt(key: string, planId: string) {
  const plan = await readPlan(here.app, (await here.person(key, planId)).account, planId)
  if (typeof plan === 'string') throw new Error(plan)
  return plan.goals
}

test('a goal that was taken in as agreed was agreed by the day its plan was set', async () => {
  for (const goal of await goalsAt('ria', 'plan-01')) {
    expect(goal.agreed?.at.slice(0, 10)).toBe('2026-06-18') // as the file has it
    expect(goal.answers.every(({ at }) => at >= since)).toBe(true) // when they came in
    expect(goal.words.reviewOn).toBe('2026-09-01')
  }
  expect(firstBreak(await proofOf(here.app.db.sql, 'plan-01'))).toBe(null)
})

test('on paper a goal that was taken over has the day of its file, and no hour that nobody knows', async () => {
  const record = await planRecord(here.app, (await here.person('ria')).account, 'plan-01')
  if (typeof record === 'string') throw new Error(record)
  const [version] = onRecord(record, 'nl').goals[0]!.versions
  const about = version!.about.join(' ').replaceAll('\u00a0', ' ')
  expect(about).toContain('Afgesproken op 18 juni 2026.')
  expect(about).toContain('Overgenomen uit een eerder plan op')
  expect(about).not.toMatch(/Voorgelegd| uur/)
  for (const { how } of version!.answers!) expect(how.join(' ')).toMatch(/overgenomen op/)
})

test('where the file says no day, or one that cannot be, it counts from the day it came in', async () => {
  const [first] = demo.plans
  const after = { ...structuredClone(first), id: 'later', setOn: ['2026-10-01', '9999-01-01'] }
  expect(await importPlan(here.app.acts, after, true)).toEqual({ id: 'later' })
  for (const goal of await goalsAt('ria', 'later')) expect(goal.agreed!.at >= since).toBe(true)
  for (const goal of await goalsAt('lies', 'plan-08')) expect(goal.agreed!.at >= since).toBe(true)
})

test('at its first start a machine may be as slow as it is', async () => {
  const settings = readConfig({ DATA_DIR: 'memory:', DEMO: 'false' })
  const app = await createApp(settings, pino({ level: 'silent' }))
  expect(await importDemo({ ...app.acts, queryMs: 1 }, app.db.sql, demo)).toBe(10)
  await app.close()
})

test('an id that differs from another by its capitals, or was a plan that is erased, is not free', async () => {
  const { acts, db } = here.app
  const [ria] = demo.plans
  const seats = async () =>
    (await plans.ofAccount(db.sql, (await here.person('ria')).account.id)).map(({ id }) => id)
  const made = await importPlan(acts, { ...ria, id: 'PLAN-01' }, false)
  if (isRefusal(made) || 'faults' in made) throw new Error(JSON.stringify(made))
  expect(made.id.toLowerCase()).not.toBe('plan-01') // else her own account would sit there
  expect(await seats()).toEqual(['plan-01'])

  await db.sql`
    insert into plan_erasure (plan_id, ground, done_by, links)
    values ('gone-1', 'retention-over', 'somebody', 0)`
  const again = await importPlan(acts, { ...ria, id: 'Gone-1' }, false)
  if (isRefusal(again) || 'faults' in again) throw new Error(JSON.stringify(again))
  expect(again.id.toLowerCase()).not.toBe('gone-1') // else its client would read who looked at the other
})
