/** A plan belongs to an organisation; who looks after its terms sees days and numbers, and no word. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { addDays, dayOf } from '#plan/deadlines.ts'
import { isFamily, type Person } from '#plan/people.ts'
import { isRefusal } from '#plan/refusals.ts'
import { invite } from '#server/circle.ts'
import { answerGoal } from '#server/agreement.ts'
import * as accounts from '#server/db/accounts.ts'
import * as days from '#server/db/days.ts'
import * as organisations from '#server/db/organisations.ts'
import { looksPage } from '#server/looks.ts'
import { managed, organisationAudit, organisationPage } from '#server/organisation.ts'
import { planPage, readPlan } from '#server/plans.ts'
import { plansOf } from '#server/seated.ts'
import type { Account } from '#server/auth/sessions.ts'
import type { OrganisationPage } from '#live/organisation.ts'
import demo from '#server/demo-plans.nl.json' with { type: 'json' }
import { presentedGoal } from '../presented.ts'
import { table, type Table } from '../table.ts'

let here: Table
let carla: Account
let hugo: Account
beforeAll(async () => {
  here = await table()
  carla = await signedIn('carla@lindehof.example')
  hugo = await signedIn('hugo@debrug.example')
})
afterAll(() => here.close())

async function signedIn(email: string): Promise<Account> {
  const account = await accounts.byEmail(here.app.db.sql, email)
  const cookie = await here.app.sessions.start(account!.id, 'substantial')
  return (await here.app.accountOf(`${cookie.name}=${cookie.value}`))!
}
const page = async (who: Account, id: string, today?: string): Promise<OrganisationPage> => {
  const found = await organisationPage(here.app, who, id, today)
  if (isRefusal(found)) throw new Error(found)
  return found
}

test('a manager sees the plans of her own organisation, and of no other', async () => {
  const { app } = here
  expect((await page(carla, 'lindehof')).plans).toHaveLength(8)
  expect((await page(hugo, 'de-brug')).plans.map(({ id }) => id).sort()).toEqual([
    'plan-04',
    'plan-05',
  ])
  for (const id of ['de-brug', 'not-there']) {
    expect(await organisationPage(app, carla, id)).toBe('no-access')
    expect(await organisationAudit(app, carla, id, {})).toBe('no-access')
  }
  const fatima = await here.person('fatima')
  expect(await managed(app, fatima.account)).toEqual([]) // to work there is no eye on its plans
  expect(await organisationPage(app, fatima.account, 'lindehof')).toBe('no-access')
})

test('she is told days and counts: no word of a plan, no wish, no relative', async () => {
  const text = JSON.stringify(await page(carla, 'lindehof'))
  const words = demo.plans.flatMap((plan) => [
    ...plan.goals.flatMap((goal) => [goal.plainText, goal.professionalText]),
    ...plan.wishes.map((wish) => wish.text),
    ...plan.discussionPoints.map((point) => point.text),
    plan.client.about,
  ])
  expect(words.length).toBeGreaterThan(80)
  expect(words.filter((one) => text.includes(one))).toEqual([])
  const family = demo.plans
    .filter(({ id }) => !['plan-04', 'plan-05'].includes(id))
    .flatMap(({ participants }) => participants)
    .filter((one) => isFamily(one as unknown as Person))
  expect(family.length).toBeGreaterThan(8)
  expect(family.filter(({ name }) => text.includes(name))).toEqual([])
})

test('she sits at no table: no list, no plan, no page, no document', async () => {
  const { app } = here
  expect(await plansOf(app, carla)).toEqual([])
  expect(await readPlan(app, carla, 'plan-01')).toBe('no-access')
  expect(await planPage(app, carla, 'plan-01')).toBe('no-access')
})

test('what is late by the law, what waits, and where the client’s yes is missing', async () => {
  const { app } = here
  const { sql } = app.db
  const today = dayOf(new Date())
  // looked back at fifty days ago, and not set since
  await days.add(sql, 'plan-01', { kind: 'reviewed', onDay: addDays(today, -50), by: null })
  const of = async () =>
    (await page(carla, 'lindehof', today)).plans.find(({ id }) => id === 'plan-01')!
  expect((await of()).chases[0]).toBe('set-late')
  expect((await of()).deadline?.duty).toBe('set')
  await days.add(sql, 'plan-01', { kind: 'set', onDay: today, by: null })
  const before = await of()
  expect(before.chases).not.toContain('set-late')

  const ria = await here.person('ria')
  const goal = await presentedGoal(here, 'Ria eet buiten als het kan.')
  const waits = await of()
  expect(waits.waiting).toBe(before.waiting + 1)
  expect(waits.withoutHerYes).toBe(before.withoutHerYes + 1)
  const yes = { answer: 'yes', method: 'own_device', key: 'k1', hash: goal.hash } as const
  const said = await answerGoal(app.acts, ria.account, { goalId: goal.id, ...yes })
  if (isRefusal(said)) throw new Error(said)
  expect((await of()).withoutHerYes).toBe(before.withoutHerYes)
  const later = await page(carla, 'lindehof', addDays(today, 15))
  expect(later.plans.find(({ id }) => id === 'plan-01')!.chases).toContain('waits-long')
})

test('that she looked is in the log of each plan, for the client to read', async () => {
  const { app } = here
  await page(carla, 'lindehof')
  const ria = await here.person('ria')
  const looks = await looksPage(app, ria.account, 'plan-01', {})
  if (isRefusal(looks)) throw new Error(looks)
  const line = looks.lines.find(({ name }) => name === 'Carla Smit')!
  expect(line.role).toBe('care_manager')
  expect(line.looks).toContain('numbers')
  const audit = await organisationAudit(app, carla, 'lindehof', {})
  if (isRefusal(audit)) throw new Error(audit)
  expect(new Set(audit.map(({ planId }) => planId)).size).toBe(8)
  expect(audit.some(({ act, ground }) => act === 'see-numbers' && ground === 'manager')).toBe(true)
  expect(audit.some(({ planId }) => planId === 'plan-04')).toBe(false)
})

test('a professional of another organisation sees nothing until she is invited, and then only that plan', async () => {
  const { app } = here
  const lotte = (await here.person('lotte', 'plan-05')).account // of Wijkzorg De Brug
  expect(await readPlan(app, lotte, 'plan-01')).toBe('no-access')
  const fatima = await here.person('fatima')
  const invited = await invite(app.acts, fatima.account, {
    planId: 'plan-01',
    name: 'Lotte',
    email: lotte.email,
    role: 'district_nurse',
    consent: 'Lotte mag meedenken.',
  })
  expect(invited).toMatchObject({ personId: expect.any(String) as string })
  expect((await plansOf(app, lotte)).map(({ id }) => id)).toEqual(['plan-01', 'plan-05'])
  expect(await readPlan(app, lotte, 'plan-02')).toBe('no-access')
  expect(await organisations.worksFor(app.db.sql, lotte.id)).toBe('de-brug')
})

test('a manager shows who she is in two ways, as everyone who works in care', async () => {
  const account = await accounts.byEmail(here.app.db.sql, 'carla@lindehof.example')
  const strict = await table({ SECOND_FACTOR: 'required' })
  try {
    const there = (await accounts.byEmail(strict.app.db.sql, account!.email))!
    const cookie = await strict.app.sessions.start(there.id, 'low')
    expect(await strict.app.accountOf(`${cookie.name}=${cookie.value}`)).toBe(null)
    const sure = await strict.app.sessions.start(there.id, 'substantial')
    expect((await strict.app.accountOf(`${sure.name}=${sure.value}`))?.id).toBe(there.id)
  } finally {
    await strict.close()
  }
})
