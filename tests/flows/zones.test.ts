/** A zone that is opened or closed to somebody, on the board they have open at that moment. */
import type { Page } from 'playwright'
import { expect, test } from 'vitest'
import { afterAll, beforeAll } from '../anew.ts'
import { PHONE, screens, violations, type Screens } from '../browser.ts'
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

type Plan = { people: { id: string; key: string }[] }

/** Somebody's board of a plan, with everything saved. */
async function board(who: Caller, plan: string, viewport = { width: 1440, height: 900 }) {
  const context = await people.browser.newContext({ viewport, locale: 'nl-NL' })
  const [name, value] = who.cookie.split('=') as [string, string]
  await context.addCookies([{ name, value, url: server.base }])
  const page = await context.newPage()
  page.on('pageerror', (error) => people.faults.push(error.message))
  await page.goto(`${server.base}/plan/${plan}`)
  await page.getByText('Alles is bewaard').waitFor()
  return page
}
const zone = (page: Page, title: string) =>
  page.locator('section.zone').filter({ has: page.getByRole('heading', { name: title }) })
const at = (key: string, plan: string) => caller(server.base, `${key}@${plan}.example`)

test('a therapist lets a colleague in: it opens on her screen, says who reads it, and closes again', async () => {
  const plan = 'plan-08'
  const koen = await board(await at('koen', plan), plan)
  const hanna = await board(await at('hanna', plan), plan, PHONE)
  const lies = await board(await at('lies', plan), plan)
  await expect.poll(() => zone(hanna, 'Deel van Koen').count()).toBe(0)
  await zone(koen, 'Uw eigen deel bij de zorg')
    .getByRole('button', { name: 'Wie doet hier mee?' })
    .click()
  await koen.getByRole('button', { name: 'Laat meedoen' }).click()
  await zone(hanna, 'Deel van Koen').getByText('Dat zijn: Lies, u, Koen, Mieke').waitFor()
  await koen.getByRole('button', { name: 'Stop meedoen' }).waitFor()
  const said = koen.getByRole('dialog').getByRole('status')
  expect(await said.innerText()).toBe('Hanna doet nu mee.')
  expect(await said.evaluate((one) => one === document.activeElement)).toBe(true)
  expect(await violations(koen)).toEqual([])
  await koen.getByRole('button', { name: 'Klaar' }).click()

  await hanna.getByRole('button', { name: 'Iets toevoegen' }).click()
  await hanna.locator('option', { hasText: 'Deel van Koen' }).waitFor({ state: 'attached' })
  await hanna.keyboard.press('Escape')
  // the client closes what a colleague was let in to
  await zone(lies, 'Deel van Hanna').getByRole('button', { name: 'Wie doet hier mee?' }).click()
  await lies.getByRole('button', { name: 'Stop meedoen' }).click()
  await zone(koen, 'Deel van Hanna').waitFor({ state: 'detached' })
  await expect.poll(() => koen.getByText('Alles is bewaard').count()).toBe(1)
  expect(people.faults).toEqual([])
  for (const page of [koen, hanna, lies]) await page.context().close()
})

test('whom the client no longer picked loses her own zone and keeps the board', async () => {
  const [ria, marjan] = [await at('ria', 'plan-01'), await at('marjan', 'plan-01')]
  const { people: seats } = (await ria.call('GET', '/api/plans/plan-01')).body as Plan
  const id = seats.find(({ key }) => key === 'marjan')!.id
  const pick = (confidant: boolean) =>
    ria.call('PATCH', `/api/plans/plan-01/people/${id}`, { confidant })
  const [hers, page] = [await board(ria, 'plan-01'), await board(marjan, 'plan-01')]
  const own = 'Alleen voor u en wie u koos'
  const readers = (text: RegExp) => zone(hers, own).getByText(text).waitFor()
  await readers(/Dat zijn: u\./)
  expect((await pick(true)).status).toBe(200)
  await zone(page, 'Alleen voor Ria en wie Ria koos').waitFor()
  await readers(/Dat zijn: u, Marjan\./)
  expect((await pick(false)).status).toBe(200)
  await zone(page, 'Alleen voor Ria en wie Ria koos').waitFor({ state: 'detached' })
  await readers(/Dat zijn: u\./)
  // she sits at the table as before, and writes
  await expect.poll(() => page.getByText('U kunt dit plan niet meer zien').count()).toBe(0)
  await page.getByText('Alles is bewaard').waitFor()
  await page.getByRole('button', { name: 'Iets toevoegen' }).waitFor()
  expect(people.faults).toEqual([])
  for (const one of [hers, page]) await one.context().close()
})
