/** What somebody finds at home before a meeting, what they prepare, and the way back there. */
import { expect, test } from 'vitest'
import { FAMILY_QUESTIONS } from '#plan/preparation.ts'
import { afterAll, beforeAll } from '../anew.ts'
import { LAPTOP, PHONE, screens, violations, type Screens } from '../browser.ts'
import { meetingOf } from '../meetings.ts'
import { caller, start, type Caller, type Running } from '../process.ts'

let server: Running
let people: Screens
beforeAll(async () => {
  server = await start()
  people = await screens(server.base)
})
afterAll(async () => {
  await people.close()
  await server.stop()
})

async function at(who: Caller, path: string, viewport = LAPTOP) {
  const context = await people.browser.newContext({ viewport, locale: 'nl-NL' })
  const [name, value] = who.cookie.split('=') as [string, string]
  await context.addCookies([{ name, value, url: server.base }])
  const page = await context.newPage()
  await page.goto(`${server.base}${path}`)
  return page
}

type Plan = {
  people: { id: string; key: string }[]
  goals: { id: string; state: string; words: { plainText: string } }[]
}
/** The plan, with a meeting to come, off the table when the test ends. */
async function comes(by: Caller, keys: string[]): Promise<Plan> {
  const plan = (await by.call('GET', '/api/plans/plan-02')).body as Plan
  const guests = plan.people.filter(({ key }) => keys.includes(key)).map(({ id }) => id)
  await meetingOf(by, 'plan-02', guests)
  return plan
}

test('at home she finds the meeting that comes, prepares it, and finds back what she handed in', async () => {
  const [naima, sjoerd, grietje] = (await Promise.all(
    ['naima', 'sjoerd', 'grietje'].map((key) => caller(server.base, `${key}@plan-02.example`)),
  )) as [Caller, Caller, Caller]
  await comes(naima, ['sjoerd'])
  const phone = await at(sjoerd, '/thuis', PHONE)
  const section = phone.getByRole('region', { name: 'Het gesprek komt eraan' })
  await section.getByText('uur').waitFor()
  expect(await violations(phone)).toEqual([])
  await section.getByRole('link', { name: 'Bereid het gesprek voor' }).click()
  await phone.getByRole('textbox').fill('Ik wil weer met de trein.')
  for (let nr = 2; nr <= FAMILY_QUESTIONS.length; nr++) {
    await phone.getByRole('button', { name: 'Verder' }).click()
    await phone.getByText(`Vraag ${nr} van`).waitFor()
  }
  await phone.getByRole('button', { name: 'Lever in' }).click()
  await phone.getByRole('heading', { name: 'Dank u wel. Het is ingeleverd.' }).waitFor()

  await phone.getByRole('link', { name: 'Aan tafel', exact: true }).click() // the sign leads home
  await phone.getByText(/U leverde uw voorbereiding in op/).waitFor()
  await section.getByRole('link', { name: 'Bekijk wat u inleverde' }).click()
  await phone.getByText('Ik wil weer met de trein.').waitFor()

  const other = await at(grietje, '/thuis', PHONE) // who is not asked to it
  await other.getByRole('heading', { level: 1 }).waitFor()
  expect(await other.getByText('Het gesprek komt eraan').count()).toBe(0)
  await Promise.all([phone, other].map((page) => page.context().close()))
})

test('who works here looks back at the last goals, and how they went', async () => {
  const naima = await caller(server.base, 'naima@plan-02.example')
  const plan = await comes(naima, [])
  const goal = plan.goals.find(({ state }) => state.startsWith('agreed'))!
  const review = { outcome: 'almost', said: 'Het water was koud.' }
  await naima.call('POST', `/api/goals/${goal.id}/reviews`, review)
  const page = await at(naima, '/plan/plan-02/voorbereiden')
  const last = page.getByRole('region', { name: 'De laatste doelen' })
  const item = last.getByRole('listitem').filter({ hasText: goal.words.plainText })
  await item.getByText('bijna').waitFor()
  await item.getByText('Het water was koud.').waitFor()
  expect(await violations(page)).toEqual([])
  await page.context().close()
})

test('every page leads home in a tap or two, on a phone and on a desk', async () => {
  const sjoerd = await caller(server.base, 'sjoerd@plan-02.example')
  const { goals } = (await sjoerd.call('GET', '/api/plans/plan-02')).body as Plan
  const paths = ['', '/voorbereiden', '/gesprek', '/terugkijken', `/doel/${goals[0]!.id}`]
  for (const size of [PHONE, LAPTOP]) {
    const page = await at(sjoerd, '/thuis', size)
    const home = async () => {
      await page.waitForURL('**/thuis')
      await page.getByRole('heading', { level: 1, name: 'Dag Sjoerd.' }).waitFor()
      expect(new URL(page.url()).pathname).toBe('/thuis')
    }
    for (const path of ['/plannen', '/account', ...paths.map((end) => `/plan/plan-02${end}`)]) {
      await page.goto(`${server.base}${path}`)
      await page.waitForLoadState('networkidle')
      const way = page.getByRole('link', { name: 'Naar het begin' })
      if (await way.isVisible()) await way.click()
      else {
        await page.locator('.top__ways').getByRole('button').click()
        await page.getByRole('menuitem', { name: 'Naar het begin' }).click()
      }
      await home()
    }
    await page.goto(`${server.base}/plan/plan-02`)
    await page.getByRole('link', { name: 'Aan tafel', exact: true }).click()
    await home()
    await page.context().close()
  }
})
