/** Who looked (NEN 7513): what is kept of it, who may read it, and that nobody takes a line away. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { dayOf } from '#plan/deadlines.ts'
import { boardOf } from '#live/documents.ts'
import { endAccess } from '#server/circle.ts'
import * as access from '#server/db/access.ts'
import { exportJson } from '#server/export/json.ts'
import { auditLines, csvOf, looksPage } from '#server/looks.ts'
import { goalPage, planPage, readPlan } from '#server/plans.ts'
import { isRefusal, type Refusal } from '#plan/refusals.ts'
import { table, until, type Guest, type Table } from '../table.ts'

let here: Table
let ria: Guest
let fatima: Guest
let marjan: Guest
let toos: Guest
beforeAll(async () => {
  here = await table()
  ria = await here.person('ria')
  fatima = await here.person('fatima')
  marjan = await here.person('marjan')
  toos = await here.person('toos', 'plan-03')
})
afterAll(() => here.close())

const PLAN = 'plan-01'
const granted = <T>(value: T | Refusal): T => {
  if (isRefusal(value)) throw new Error(value)
  return value
}
async function linesOf(who: Guest): Promise<string[]> {
  await here.app.accessLog.flush()
  const rows = await access.ofPlan(here.app.db.sql, PLAN, new Date(0), new Date('2100-01-01'))
  return rows
    .filter(({ accountId }) => accountId === who.account.id)
    .map(
      (row) =>
        `${row.act} ${row.zone}${row.goalId ? ' goal' : ''}${row.allowed ? '' : ' refused'} ${row.ground}`,
    )
    .reverse()
}

test('reading, writing, leaving, taking a copy and being turned away are kept, without a word of care', async () => {
  const { app } = here
  const { plan } = granted(await planPage(app, fatima.account, PLAN))
  granted(await goalPage(app, fatima.account, PLAN, plan.goals[0]!.id))
  expect(await exportJson(app, marjan.account, PLAN)).toBe('no-access')
  expect(await readPlan(app, toos.account, PLAN)).toBe('no-access')
  const pen = await fatima.open(await here.board('care')).synced()
  const [id] = boardOf(pen.doc).order.keys()
  boardOf(pen.doc).order.set(id!, 'a9')
  await pen.stored()
  pen.close()
  const refused = marjan.open(await here.board('care'))
  await until(() => refused.closedWith === 4403)
  await until(async () => (await linesOf(fatima)).some((line) => line.startsWith('leave')))
  expect((await linesOf(fatima)).sort()).toEqual([
    'leave care nurse',
    'open care nurse',
    'read care nurse',
    'read care nurse', // and Joost's own part of it
    'read shared goal nurse',
    'read shared nurse',
    'read shared nurse',
    'write care nurse',
  ])
  expect(await linesOf(marjan)).toEqual([
    'read shared relative',
    'export shared refused relative',
    'open care refused relative',
  ])
  expect(await linesOf(toos)).toEqual(['read shared refused no-seat'])
})

test('D18: the client reads it in plain words, a day and a person taken together; others read their own', async () => {
  const { app } = here
  const page = granted(await looksPage(app, ria.account, PLAN, {}))
  const today = dayOf(new Date())
  expect(page.to).toBe(today)
  expect(page.lines.filter(({ role }) => role === 'primary_carer')).toHaveLength(1)
  expect(page.lines.map(({ day }) => day)).toEqual(page.lines.map(() => today))
  const nurse = page.lines.find(({ role }) => role === 'primary_carer')!
  expect(nurse).toMatchObject({ looks: ['board', 'care', 'goal', 'wrote'], times: 8 })
  const stranger = page.lines.find(({ role }) => role === null)!
  expect(stranger).toMatchObject({ name: toos.account.name, looks: ['refused'] })
  expect(
    granted(await looksPage(app, fatima.account, PLAN, {})).lines.map(({ role }) => role),
  ).toEqual(['primary_carer'])
  expect(await looksPage(app, marjan.account, PLAN, {})).toBe('no-access')
  expect(await looksPage(app, toos.account, PLAN, {})).toBe('no-access')
  const past = granted(
    await looksPage(app, ria.account, PLAN, { from: '2020-01-01', to: '2020-01-31' }),
  )
  expect(past.lines).toEqual([])
})

test('an auditor’s file has every line, is no spreadsheet formula, and is for who may', async () => {
  const { app } = here
  const lines = granted(await auditLines(app, ria.account, PLAN, {}))
  expect(lines.length).toBeGreaterThan(10)
  expect(csvOf([{ ...lines[0]!, account: '=1+1, "x"' }])).toContain(`"'=1+1, ""x"""`)
  expect(csvOf(lines).split('\r\n')).toHaveLength(lines.length + 2)
  expect(await auditLines(app, fatima.account, PLAN, {})).toBe('no-access')
})

test('who had access once keeps their name in it', async () => {
  const joost = await here.person('joost')
  granted(await readPlan(here.app, joost.account, PLAN))
  granted(await endAccess(here.app.acts, ria.account, { planId: PLAN, personId: joost.id }))
  const page = granted(await looksPage(here.app, ria.account, PLAN, {}))
  expect(page.lines.some(({ name, role }) => name.includes('Joost') && role !== null)).toBe(true)
})

test('no line can be changed, or taken away before its time; old ones go by themselves', async () => {
  const { sql } = here.app.db
  await here.app.accessLog.flush()
  await expect(sql`update access_log set allowed = true`).rejects.toThrow(/only added to/)
  await expect(sql`delete from access_log where plan_id = ${PLAN}`).rejects.toThrow(/five years/)
  await expect(sql`truncate access_log`).rejects.toThrow(/only added to/)
  const old = new Date()
  old.setUTCFullYear(old.getUTCFullYear() - 5, old.getUTCMonth(), old.getUTCDate() - 2)
  const line = { planId: PLAN, accountId: null, personId: null, zone: null, documentId: null }
  await access.add(sql, [
    { ...line, goalId: null, act: 'read', ground: '', allowed: true, at: old },
  ])
  const count = async () => (await sql`select 1 from access_log`).length
  const before = await count()
  await here.app.house.run()
  expect(await count()).toBe(before - 1)
})

test('who knocks a thousand times leaves a minute’s worth of lines, and others theirs', async () => {
  const { app } = here
  const { sql } = app.db
  const [rob, ank] = [await here.person('rob', 'plan-03'), await here.person('ank', 'plan-03')]
  const countOf = async (who: Guest) => {
    await app.accessLog.flush()
    const [row] = await sql<{ n: number }[]>`
      select count(*)::int as n from access_log
      where account_id = ${who.account.id} and plan_id = ${PLAN} and not allowed`
    return row!.n
  }
  for (let n = 0; n < 1000; n++) app.accessLog.turnedAway(PLAN, rob.account.id, `act-${n % 9}`)
  app.accessLog.turnedAway(PLAN, ank.account.id, 'read')
  expect(await countOf(rob)).toBe(60)
  expect(await countOf(ank)).toBe(1)
})
