/** Words on one's own device: over a closed page, a lock, a sign-out, and somebody else's hands. */
import { expect, test } from 'vitest'
import type { Page } from 'playwright'
import { afterAll, beforeAll } from '../anew.ts'
import { PHONE, screens, violations, type Screens } from '../browser.ts'
import { goalsOn } from '../kept.ts'
import { caller, folder, start, type Running } from '../process.ts'
import { seated } from '../touch.ts'

let place: ReturnType<typeof folder>
let server: Running
let people: Screens
beforeAll(async () => {
  place = folder()
  server = await start({ DATA_DIR: place.path })
  people = await screens(server.base)
})
afterAll(async () => {
  await people.close()
  await server.stop()
  place.remove()
})

const words = (page: Page) => page.getByRole('textbox', { name: 'Waar gaan we voor?' })
const saved = (page: Page) => page.getByText('Alles is bewaard').first().waitFor()
const databases = (page: Page) =>
  page.evaluate(async () =>
    (await indexedDB.databases()).flatMap(({ name }) =>
      name?.startsWith('aan-tafel') ? name : [],
    ),
  )

/** Fatima writes a goal; Marjan has it open on her own phone. */
async function writing(text: string): Promise<{ fatima: Page; marjan: Page; url: string }> {
  const fatima = await people.sit('Fatima')
  await fatima.getByRole('button', { name: 'Nieuw doel' }).click()
  await fatima.getByRole('button', { name: 'Wonen en mijn dag' }).click()
  await fatima.waitForURL('**/doel/*')
  await words(fatima).click()
  await fatima.keyboard.type(text)
  await saved(fatima)
  const marjan = await people.sit('Marjan', PHONE)
  await marjan.goto(fatima.url())
  await expect.poll(() => words(marjan).inputValue()).toBe(text)
  return { fatima, marjan, url: fatima.url() }
}

async function mine(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Ook op dit apparaat bewaren' }).click()
  await page.getByText('Dit is een demo.').waitFor() // anybody can take any seat of it
  expect(await violations(page)).toEqual([])
  await page.getByRole('button', { name: 'Ja, dit is mijn eigen apparaat' }).click()
  await page.getByRole('button', { name: 'Dit apparaat bewaart mee' }).waitFor()
  await expect.poll(() => databases(page)).not.toEqual([])
}

async function writesWithout(page: Page, text: string): Promise<void> {
  await page.context().setOffline(true)
  await words(page).click()
  await page.keyboard.press('Control+End')
  await page.keyboard.type(text)
  await page.getByText('Geen internet').first().waitFor()
  await expect.poll(async () => (await goalsOn(page)).join()).toContain(text)
}

/** The page is closed as it is, and opened again later. */
async function reopened(page: Page, url: string): Promise<Page> {
  const context = page.context()
  await page.close()
  await context.setOffline(false)
  const next = await context.newPage()
  await next.goto(url)
  return next
}

test('nothing stays on a device unless somebody says that it is their own', async () => {
  const { marjan } = await writing('Ria leest elke dag de krant.')
  expect(await databases(marjan)).toEqual([])
  await marjan.context().close()
})

test('words written without a network outlive the page and merge', async () => {
  const { fatima, marjan, url } = await writing('Ria gaat naar het koor.')
  await mine(marjan)
  await expect.poll(() => words(marjan).inputValue()).toBe('Ria gaat naar het koor.')
  await writesWithout(marjan, ' Marjan brengt haar.')
  await words(fatima).click()
  await fatima.keyboard.press('Control+Home')
  await fatima.keyboard.type('Samen: ')
  const again = await reopened(marjan, url)
  for (const page of [fatima, again])
    await expect
      .poll(() => words(page).inputValue())
      .toBe('Samen: Ria gaat naar het koor. Marjan brengt haar.')
  await saved(again)
  await again.context().close()
})

test('words for a goal that was presented meanwhile are not gone, and can be thrown away', async () => {
  const { fatima, marjan, url } = await writing('Ria slaapt langer uit.')
  await mine(marjan)
  await expect.poll(() => words(marjan).inputValue()).toBe('Ria slaapt langer uit.')
  await writesWithout(marjan, ' Tot half negen.')
  await fatima.getByRole('button', { name: 'Klaar? Leg het voor' }).click()
  await fatima.getByRole('button', { name: 'Leg het voor', exact: true }).click()
  await fatima.getByRole('button', { name: /^Ja/ }).waitFor()
  const again = await reopened(marjan, url)
  await again.getByText('Uw tekst is niet weg').first().waitFor()
  await expect
    .poll(() => again.textContent('main'))
    .toContain('Ria slaapt langer uit. Tot half negen.')
  expect(await violations(again)).toEqual([])
  const api = await caller(server.base, 'fatima@plan-01.example')
  const goal = (await api.call('GET', `/api/goals/${url.split('/').at(-1)}`)).body as {
    words: { plainText: string }
  }
  expect(goal.words.plainText).toBe('Ria slaapt langer uit.')
  await again.getByRole('button', { name: 'Gooi mijn tekst weg' }).click()
  await again.getByRole('dialog').getByRole('button', { name: 'Gooi mijn tekst weg' }).click()
  await again.getByText('Uw tekst is niet weg').first().waitFor({ state: 'detached' })
  await expect.poll(async () => (await databases(again)).length).toBeLessThanOrEqual(1) // the board's own at most
  await again.context().close()
})

test('in the demo another seat on the same device wipes what was kept', async () => {
  const { marjan } = await writing('Ria kiest haar eigen kleren.')
  await mine(marjan)
  await marjan.goto(server.base)
  // a seat at another plan: nothing there would ever look at what was kept of this one
  await marjan.locator('summary').first().click()
  await marjan.getByRole('button', { name: /Naima/ }).first().click()
  await marjan.waitForURL(/\/(plan|thuis)/)
  await expect.poll(() => marjan.evaluate(() => localStorage.getItem('own-device'))).toBe('{}')
  await expect.poll(() => databases(marjan)).toEqual([])
  await marjan.context().close()
})

test('signing out wipes what was kept', async () => {
  const { marjan } = await writing('Ria eet warm tussen de middag.')
  await mine(marjan)
  await marjan.goto(`${server.base}/plannen`)
  await marjan
    .getByRole('button', { name: /stop|uit/i })
    .first()
    .click()
  await marjan.waitForURL(`${server.base}/`)
  await expect.poll(() => databases(marjan)).toEqual([])
  await marjan.context().close()
})

test('words wait for their writer to sign in again when the session ended meanwhile', async () => {
  const { marjan, url } = await writing('Ria zingt in bad.')
  await mine(marjan)
  await expect.poll(() => words(marjan).inputValue()).toBe('Ria zingt in bad.')
  await marjan.goto(`${server.base}/plan/plan-01`) // the board is kept as well, and all of it is sent
  await saved(marjan)
  await marjan.goto(url)
  await saved(marjan)
  const kept = async () => (await databases(marjan)).filter((name) => name.startsWith('aan-tafel:'))
  await expect.poll(async () => (await kept()).length).toBeGreaterThan(1)
  await writesWithout(marjan, ' Hardop.')
  const context = marjan.context()
  const [session] = (await context.cookies()).filter(({ name }) => name === 'session')
  const headers = {
    cookie: `session=${session!.value}`,
    'content-type': 'application/json',
  }
  const signedOut = await fetch(`${server.base}/api/session`, { method: 'DELETE', headers })
  expect(signedOut.status).toBe(204)
  await context.setOffline(false)
  await words(marjan).waitFor({ state: 'detached' }) // nothing of the plan stays on the screen
  await expect.poll(async () => (await kept()).length).toBe(1) // this goal, and no more
  await seated(marjan, server.base, 'marjan@plan-01.example')
  await marjan.goto(url)
  await expect.poll(() => words(marjan).inputValue()).toBe('Ria zingt in bad. Hardop.')
  await saved(marjan)
  await context.close()
})

test('access that ends takes the words off the device', async () => {
  const { marjan } = await writing('Ria belt haar zus.')
  await mine(marjan)
  const ria = await caller(server.base, 'ria@plan-01.example')
  const { body } = await ria.call('GET', '/api/plans/plan-01')
  const { people: seats } = body as { people: { id: string; key: string }[] }
  const id = seats.find(({ key }) => key === 'marjan')!.id
  expect((await ria.call('DELETE', `/api/plans/plan-01/people/${id}`)).status).toBeLessThan(300)
  await marjan.getByText('Uw toegang is gestopt').first().waitFor()
  await expect.poll(() => databases(marjan)).toEqual([])
})
