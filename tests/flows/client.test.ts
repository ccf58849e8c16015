/** The client answers on a tablet that was handed to her, and on her own: by taps alone. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Page } from 'playwright'
import { LAPTOP, PHONE, screens, TABLET, violations, type Screens } from '../browser.ts'
import { start, type Running } from '../process.ts'

const FORTY =
  'Ria loopt elke dag na de koffie samen met iemand van het team door de tuin naar de rozen ' +
  'en terug, ook als het een beetje regent, want buiten zijn is voor haar heel belangrijk en ' +
  'dan slaapt zij goed.'

let server: Running
let people: Screens
let tablet: Page
beforeAll(async () => {
  server = await start()
  people = await screens(server.base)
  tablet = await people.sit('Fatima', LAPTOP)
})
afterAll(async () => {
  await people.close()
  await server.stop()
})

const tap = (name: string) => tablet.getByRole('button', { name, exact: true }).click()
const heading = (name: string) => tablet.getByRole('heading', { name, level: 1 }).waitFor()
const scrolls = () =>
  tablet.evaluate(() => document.documentElement.scrollHeight - window.innerHeight)

/** The screen is seen whole, and axe finds nothing. */
async function isWhole(): Promise<void> {
  await expect.poll(scrolls).toBeLessThanOrEqual(0)
  expect(await violations(tablet)).toEqual([])
}

test('Fatima hands over a goal of forty words; back leads nowhere else', async () => {
  await tablet.getByRole('button', { name: 'Nieuw doel' }).click()
  await tablet.getByRole('button', { name: 'Mijn lichaam en gezondheid' }).click()
  await tablet.waitForURL('**/doel/*')
  const goal = tablet.url()
  const words = tablet.getByRole('textbox', { name: 'Waar gaan we voor?' })
  await words.fill(FORTY)
  await tablet.getByText('Alles is bewaard').waitFor()
  await tap('Klaar? Leg het voor')
  await tap('Leg het voor')
  await tablet.setViewportSize(TABLET)
  await tap('Geef aan Ria')
  await tablet.waitForURL(/\/klant\/plan-01\?doel=/)
  await heading('Dag Ria.')
  for (const path of [goal, `${server.base}/plannen`, server.base]) {
    await tablet.goto(path)
    expect(new URL(tablet.url()).pathname).toBe('/klant/plan-01')
  }
  await tablet.goBack()
  await heading('Dag Ria.')
  expect(await tablet.evaluate(async () => (await fetch('/api/plans')).status)).toBe(423)
  await isWhole()
})

test.each([
  ['tablet', TABLET],
  ['phone', PHONE],
])('on a %s every screen is seen whole; a wrong tap is taken back', async (_name, size) => {
  await tablet.setViewportSize(size)
  await tablet.goto(`${server.base}/klant/plan-01`)
  await tap('Verder')
  await tablet.getByText('Ria loopt elke dag').waitFor()
  await expect.poll(() => tablet.getByRole('button', { name: 'Lees voor' }).count()).toBe(0) // no Dutch voice
  await isWhole()
  await tap('Verder')
  await isWhole()
  const boxes = await tablet.getByRole('group').getByRole('button').all()
  const sizes = await Promise.all(boxes.map((box) => box.boundingBox()))
  expect(new Set(sizes.map((box) => Math.round(box!.width))).size).toBe(1)
  expect(Math.min(...sizes.map((box) => box!.height))).toBeGreaterThanOrEqual(64)
  await tap('Nee')
  await heading('U zegt Nee tegen:')
  await isWhole()
  await tap('Terug')
  await tap('Ja, dat klopt')
  await isWhole()
  await tap('Toch niet')
  await tablet.getByRole('heading', { name: 'Klopt dit voor u?' }).waitFor()
  const given = await tablet.evaluate(async () => {
    const page = (await (await fetch('/api/plans/plan-01/client')).json()) as {
      goals: { given: unknown; agreed: boolean }[]
    }
    return page.goals.filter(({ agreed }) => !agreed).map((goal) => goal.given)
  })
  expect(given).toEqual([null])
})

test('a yes whose answer is cut off ends in the truth, also when it never left', async () => {
  await tablet.setViewportSize(TABLET)
  let cut: 'before' | 'after' = 'before'
  await tablet.route('**/api/plans/plan-01/client', async (route) => {
    if (route.request().method() !== 'POST') return route.continue()
    if (cut === 'after') await route.fetch()
    return route.abort()
  })
  await tap('Ja, dat klopt')
  await tap('Goed zo')
  await heading('Uw ja is niet aangekomen.')
  cut = 'after'
  await tap('Probeer opnieuw')
  await heading('Uw ja is aangekomen.')
  await tablet.unroute('**/api/plans/plan-01/client')
  await isWhole()
  await tap('Verder')
  await heading('Dank u wel.')
  await isWhole()
})

test('only the password of who handed it over takes it back', async () => {
  await tap('Klaar')
  await heading('Geef het scherm aan Fatima.')
  await isWhole()
  await tablet.getByLabel('Wachtwoord van Fatima').fill('raden')
  await tap('Neem terug')
  await tablet.getByRole('alert').first().waitFor()
  expect(new URL(tablet.url()).pathname).toBe('/klant/plan-01')
  await tablet.getByLabel('Wachtwoord van Fatima').fill('aan-tafel')
  await tap('Neem terug')
  await tablet.waitForURL('**/plan/plan-01')
  expect(people.faults).toEqual([])
})
