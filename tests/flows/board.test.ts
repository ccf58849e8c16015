import { expect, test } from 'vitest'
import type { Page } from 'playwright'
import { afterAll, beforeAll } from '../anew.ts'
import { LAPTOP, PHONE, screens, TABLET, TELEVISION, violations, type Screens } from '../browser.ts'
import { start, type Running } from '../process.ts'

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

const card = (page: Page, words: string) =>
  page.locator('[data-card]').filter({ hasText: words }).first()

async function point(page: Page, words: string): Promise<void> {
  await page.getByRole('button', { name: 'Iets toevoegen' }).click()
  await page.getByRole('radio', { name: 'Een bespreekpunt' }).check()
  await page.getByRole('textbox', { name: 'De woorden' }).fill(words)
  await page.getByRole('button', { name: 'Zet op het bord' }).click()
  await card(page, words).waitFor()
}

test('who never read a manual adds a wish in the client’s words and makes a goal of it', async () => {
  const page = await people.sit('Fatima')
  await page.getByRole('button', { name: 'Iets toevoegen' }).click()
  await page.getByLabel('Een wens').check()
  await page.getByLabel('De woorden').fill('Ik wil weer eens naar de markt.')
  await page.getByRole('radio', { name: 'Ria', exact: true }).check()
  await page.getByLabel('Waar gaat het over?').selectOption('Meedoen en mensen')
  await page.getByRole('button', { name: 'Zet op het bord' }).click()
  const wish = page.getByRole('listitem').filter({ hasText: 'naar de markt' })
  await wish.getByText('Zelf gezegd').waitFor()
  await page.getByRole('button', { name: /Maak hier een doel van.*de markt/ }).click()
  await page
    .getByRole('textbox', { name: 'Waar gaan we voor?' })
    .fill('Ria gaat elke maand naar de markt.')
  await page.getByText('Ik wil weer eens naar de markt.').waitFor()
  await page.getByText('Alles is bewaard').waitFor()
  await page.getByRole('link', { name: 'Het plan van Ria' }).click()
  const made = page.getByRole('link', { name: 'Ria gaat elke maand naar de markt.', exact: true })
  await expect.poll(() => made.count()).toBe(1)
})

test('what others add is new until it was seen, and a card is moved by its menu with the hand kept', async () => {
  const [fatima, marjan] = [await people.sit('Fatima'), await people.sit('Marjan')]
  await point(marjan, 'Kan Ria naar de kapper?')
  await fatima.getByRole('button', { name: /^Nieuw sinds u laatst keek: \d/ }).click()
  await fatima.getByRole('button', { name: 'Kan Ria naar de kapper?', exact: true }).click()
  await expect.poll(() => card(fatima, 'kapper').getAttribute('data-new')).toBe('Nieuw')
  await expect.poll(() => card(marjan, 'kapper').getAttribute('data-new')).toBeNull()

  await card(fatima, 'kapper').getByRole('button', { name: /^Meer/ }).focus()
  await fatima.keyboard.press('Enter')
  await fatima.keyboard.press('ArrowDown') // a key that is faster than the menu is not lost
  await expect
    .poll(() => fatima.evaluate(() => document.activeElement?.getAttribute('role')))
    .toBe('menuitem')
  for (let steps = 0; steps < 8; steps++) {
    const now = await fatima.evaluate(() => document.activeElement?.textContent?.trim())
    if (now === 'Verplaats naar …') break
    await fatima.keyboard.press('ArrowDown')
  }
  await fatima.keyboard.press('Enter')
  await fatima.getByRole('button', { name: 'Naar wensen' }).focus()
  await fatima.keyboard.press('Enter')
  await expect
    .poll(() => fatima.evaluate(() => document.activeElement?.getAttribute('aria-label')))
    .toBe('Meer: Kan Ria naar de kapper?')
  await fatima
    .getByText('Kan Ria naar de kapper? staat nu bij: Wensen.')
    .waitFor({ state: 'attached' })
  await expect
    .poll(() =>
      card(marjan, 'kapper').evaluate((one) =>
        one.closest('[data-drop]')?.getAttribute('data-drop'),
      ),
    )
    .toBe('wish')
})

test('the dock stays one line, with news on it and a tablet to give', async () => {
  const [fatima, marjan] = [await people.sit('Fatima'), await people.sit('Marjan')]
  const dock = fatima.locator('.dock')
  const lines = () =>
    dock.evaluate((one) => {
      const middles = [...one.querySelectorAll('button')]
        .filter((button) => button.offsetParent !== null)
        .map((button) => button.getBoundingClientRect())
        .map(({ top, bottom }) => Math.round((top + bottom) / 2))
      return Math.max(...middles) - Math.min(...middles) < 4 ? 1 : 2
    })
  // laid before people in a hurry: what counts here is that something waits for Ria's answer
  await fatima
    .getByRole('button', { name: /Maak hier een doel van/ })
    .first()
    .click()
  await fatima.getByRole('textbox', { name: 'Waar gaan we voor?' }).fill('Ria gaat naar buiten.')
  await fatima.getByText('Alles is bewaard').waitFor()
  const lay = fatima.getByRole('button', { name: 'Klaar? Leg het voor', exact: true })
  await lay.click()
  await fatima.getByRole('dialog').getByRole('button', { name: 'Leg het voor' }).click()
  await fatima.getByRole('heading', { name: 'Dit leggen we voor' }).waitFor()
  await fatima.getByRole('link', { name: 'Het plan van Ria' }).click()
  await point(marjan, 'Mag de radio ’s ochtends aan?')
  await dock.getByRole('button', { name: /^Nieuw sinds/ }).waitFor()
  await dock.getByRole('button', { name: 'Geef aan Ria' }).waitFor()
  for (const width of [1024, 1279, 1280, 1440, 1919, 1920]) {
    await fatima.setViewportSize({ width, height: 900 })
    await expect.poll(lines, { message: `${width} wide` }).toBe(1)
  }
  await fatima.setViewportSize(LAPTOP)
  await dock.getByRole('button', { name: 'Meer: Dit bord' }).click()
  await fatima.getByRole('menuitem', { name: 'Zoek', exact: true }).click()
  await fatima.getByLabel('Zoek op dit bord').waitFor()
})

test('a card is dragged by its handle, with the mouse', async () => {
  const page = await people.sit('Fatima')
  await point(page, 'Het raam tocht.')
  const handle = page.getByRole('button', { name: 'Versleep of verplaats: Het raam tocht.' })
  await handle.scrollIntoViewIfNeeded()
  const other = card(page, 'bloemen in het restaurant')
  const [from, to] = [await handle.boundingBox(), await other.boundingBox()]
  await page.mouse.move(from!.x + 10, from!.y + 10)
  await page.mouse.down()
  await page.mouse.move(from!.x + 10, from!.y - 10, { steps: 3 })
  await expect
    .poll(async () => {
      await page.mouse.move(to!.x + 40, to!.y + 6)
      await page.mouse.move(to!.x + 40, to!.y + 4)
      return page.locator('.drop-before').count()
    })
    .toBe(1)
  await page.mouse.up()
  const order = () =>
    page.locator('[data-drop=point] [data-card]').evaluateAll((all) =>
      all
        .map((one) => one.textContent ?? '')
        .map((text) =>
          text.includes('tocht') ? 'raam' : text.includes('restaurant') ? 'bloemen' : '',
        )
        .filter(Boolean),
    )
  await expect.poll(order).toEqual(['raam', 'bloemen'])
})

test('nothing moves under the hand while others write above it, and they are heard once in ten seconds', async () => {
  const [fatima, marjan] = [await people.sit('Fatima'), await people.sit('Marjan')]
  await point(fatima, 'Mijn eigen punt, waar ik aan schrijf.')
  await fatima.clock.install()
  const mine = card(fatima, 'waar ik aan schrijf')
  await mine.getByRole('button', { name: /^Meer/ }).focus()
  const before = (await mine.boundingBox())!.y
  await fatima.evaluate(() => {
    const said: string[] = []
    Object.assign(window, { said, from: Date.now() })
    const region = document.querySelector('p[role=status]')!
    new MutationObserver(() => said.push(region.textContent ?? '')).observe(region, {
      childList: true,
      characterData: true,
      subtree: true,
    })
  })
  // two hundred keystrokes of somebody else, in a card above
  await card(marjan, 'Het lopen gaat beter').getByRole('button', { name: /^Meer/ }).click()
  await marjan.getByRole('menuitem', { name: 'Wijzig de tekst' }).click()
  await marjan.getByRole('textbox', { name: /^Tekst van de kaart/ }).click()
  await marjan.keyboard.press('Control+End')
  await marjan.keyboard.type(' Zij loopt nu ook naar de tuin.'.repeat(7).slice(0, 200))
  await expect
    .poll(() => card(fatima, 'Het lopen gaat beter').textContent())
    .toContain('Zij loopt nu ook naar de tuin. Zij loopt')
  await fatima.getByText('Alles is bewaard').waitFor()
  expect(Math.abs((await mine.boundingBox())!.y - before)).toBeLessThan(2)
  await fatima.clock.fastForward(11_000)
  const said = () => fatima.evaluate(() => (window as unknown as { said: string[] }).said)
  await expect.poll(said).toContain('Marjan veranderde één ding.')
  const tens = await fatima.evaluate(
    () => (Date.now() - (window as unknown as { from: number }).from) / 10_000,
  )
  expect((await said()).length).toBeLessThanOrEqual(1 + tens)
})

test('for whom one types falls back to oneself after a minute of silence', async () => {
  const page = await people.sit('Fatima')
  await page.getByRole('button', { name: 'Nieuw doel' }).click()
  await page.getByRole('button', { name: 'Nu niet' }).click() // who thinks better of it makes none
  await page.getByRole('button', { name: 'Nieuw doel' }).click()
  await page.getByRole('button', { name: 'Wonen en mijn dag' }).click()
  await page.waitForURL('**/doel/*')
  await page.getByText('Alles is bewaard').waitFor()
  await page.clock.install()
  await page.clock.pauseAt(Date.now() + 120_000) // from here only this test lets time pass
  const ria = page.getByRole('radio', { name: 'Ria', exact: true })
  await ria.check()
  await page.clock.fastForward(50_000)
  await expect.poll(() => ria.isChecked()).toBe(true)
  await page.keyboard.press('Shift') // a sign of life
  await page.clock.fastForward(50_000)
  await expect.poll(() => ria.isChecked()).toBe(true)
  await page.clock.fastForward(11_000)
  await page.clock.resume()
  await page.getByText('U typt nu weer voor uzelf.').waitFor()
  await expect.poll(() => ria.isChecked()).toBe(false)
})

test.each([
  ['light', LAPTOP, 'light..'],
  ['dark', TABLET, 'dark..'],
  ['contrast', PHONE, 'light.more.'],
  ['large', TELEVISION, 'light..3'],
  ['zoom', { width: 320, height: 640 }, 'light..'],
] as const)('the board is without fault for axe: %s', async (_name, size, look) => {
  const page = await people.sit('Marjan', size)
  await page.context().addCookies([{ name: 'look', value: look, url: server.base }])
  await page.reload()
  await page.getByText('Alles is bewaard').waitFor()
  expect(await violations(page)).toEqual([])
  const wide = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  )
  expect(wide).toBeLessThanOrEqual(0)
  await page.getByRole('button', { name: 'Iets toevoegen' }).click()
  // on a relative's phone it is the simple sheet, as at home and beside a goal
  const sheet = page.getByRole('dialog', { name: 'Ik wil iets toevoegen' })
  if (size.width <= PHONE.width) await sheet.getByText('Voor wie spreekt u?').waitFor()
  else await page.getByRole('textbox', { name: 'De woorden' }).waitFor()
  expect(await violations(page)).toEqual([])
  expect(people.faults).toEqual([])
})

test('who taps a menu twice while it is still coming gets it', async () => {
  const { page, come } = await slowly('message-square-plus', 'circle-dashed')
  const more = page.locator('[data-card]').first().getByRole('button', { name: /^Meer/ })
  await more.click()
  await more.click()
  come()
  await page.getByRole('menuitem', { name: 'Verplaats naar …' }).waitFor()
  expect(await more.getAttribute('aria-expanded')).toBe('true')
  await more.click() // and now that it stands there, a tap closes it
  expect(await page.getByRole('menuitem').count()).toBe(0)
  await page.context().close()
})

/** Fatima's board, where the script that holds all these words comes when it is told to. */
async function slowly(...words: string[]): Promise<{ page: Page; come(): void }> {
  const context = await people.browser.newContext({ viewport: LAPTOP, locale: 'nl-NL' })
  const page = await context.newPage()
  let come = () => {}
  const told = new Promise<void>((done) => (come = done))
  await page.route(/\/chunks\/.*\.js$/, async (route) => {
    const response = await route.fetch()
    const script = await response.text()
    if (words.every((word) => script.includes(word))) await told
    await route.fulfill({ response })
  })
  await page.goto(server.base)
  await page.getByRole('button', { name: /Fatima/ }).click()
  await page.waitForURL('**/plan/*')
  await page.getByText('Alles is bewaard').waitFor()
  return { page, come }
}
