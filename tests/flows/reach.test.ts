/** The board and a goal for every hand and eye: on a phone, by taps, by touch, at 400 %, without motion, by ear. */
import { expect, test } from 'vitest'
import type { BrowserContextOptions, Page } from 'playwright'
import { afterAll, beforeAll } from '../anew.ts'
import { PHONE, screens, violations, type Screens } from '../browser.ts'
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

/** Takes a seat on a device of its own kind. */
async function sitAt(name: string, device: BrowserContextOptions): Promise<Page> {
  const context = await people.browser.newContext({ locale: 'nl-NL', ...device })
  const page = await context.newPage()
  page.on('pageerror', (error) => people.faults.push(`${name}: ${error.message}`))
  await page.goto(server.base)
  await page.getByRole('button', { name: new RegExp(name) }).click()
  await page.waitForURL('**/plan/*')
  await page.getByText('Alles is bewaard').waitFor()
  return page
}
const TOUCH = { viewport: PHONE, hasTouch: true, isMobile: true }

/** A new goal with words, open on the page. */
async function newGoal(page: Page, words: string): Promise<void> {
  await page.getByRole('button', { name: 'Nieuw doel' }).click()
  await page.getByRole('button', { name: 'Wonen en mijn dag' }).click()
  await page.waitForURL('**/doel/*')
  const field = page.getByRole('textbox', { name: 'Waar gaan we voor?' })
  await field.fill(words)
  await page.getByText('Alles is bewaard').waitFor()
}

/** What is wider than the window, or lies outside it. */
const outside = (page: Page) =>
  page.evaluate(() => {
    const seen = [...document.querySelectorAll('body *')].filter((element) => {
      const { left, right, width } = element.getBoundingClientRect()
      return width > 1 && (right > innerWidth + 1 || left < -1) && !element.closest('.vh, .skip')
    })
    return document.documentElement.scrollWidth > innerWidth
      ? seen.map((element) => element.outerHTML.slice(0, 120))
      : []
  })

test('on a phone every other page is under Menu, within the window', async () => {
  const page = await sitAt('Fatima', TOUCH)
  expect(await outside(page)).toEqual([])
  await page.getByRole('button', { name: 'Menu: Andere bladzijden' }).tap()
  const ways = page.getByRole('menu').getByRole('menuitem')
  await expect
    .poll(() => ways.allTextContents())
    .toEqual([
      'Gesprek',
      'Terugkijken',
      'Afdrukken',
      'Wie mag wat?',
      'Wie beslist waarover?',
      'Het plan vaststellen',
      'Negen onderwerpen',
      'Lezen en zien',
    ])
  for (const way of await ways.all()) {
    const box = (await way.boundingBox())!
    expect(box.x).toBeGreaterThanOrEqual(0)
    expect(box.x + box.width).toBeLessThanOrEqual(PHONE.width)
    expect(box.height).toBeGreaterThanOrEqual(48)
  }
  expect(await violations(page)).toEqual([])
  await ways.filter({ hasText: 'Wie mag wat?' }).tap()
  await page.getByRole('heading', { name: 'Wie mag wat?' }).waitFor()
})

test('on a phone no two buttons of the board have the same name', async () => {
  const page = await sitAt('Fatima', TOUCH)
  const names = [...(await page.locator('body').ariaSnapshot()).matchAll(/button "(.*?)"/g)].map(
    ([, name]) => name!,
  )
  expect(names).toEqual(expect.arrayContaining(['Menu: Andere bladzijden', 'Meer: Dit bord']))
  expect(names.filter((name, at) => names.indexOf(name) !== at)).toEqual([])
  await page.context().close()
})

test('by single taps only a wish is written, put in its place and made into a goal', async () => {
  const page = await sitAt('Fatima', TOUCH)
  await page.getByRole('button', { name: 'Iets toevoegen' }).tap()
  await page.getByRole('radio', { name: 'Een wens' }).tap()
  await page.getByRole('textbox', { name: 'De woorden' }).tap()
  await page.keyboard.type('Ik wil mijn kleindochter bellen.')
  await page.getByRole('radio', { name: 'Ria', exact: true }).tap()
  await page.getByRole('button', { name: 'Zet op het bord' }).tap()
  const mine = card(page, 'kleindochter')
  await mine.waitFor()
  const handle = page.getByRole('button', { name: /^Versleep of verplaats: Ik wil mijn klein/ })
  const size = (await handle.boundingBox())!
  expect(Math.min(size.width, size.height)).toBeGreaterThanOrEqual(48)
  await handle.tap()
  await page.getByRole('button', { name: 'Meedoen en mensen' }).tap()
  await mine.getByText('Meedoen en mensen').waitFor()
  await page.getByRole('button', { name: /^Maak hier een doel van.*kleindochter/ }).tap()
  await page.waitForURL('**/doel/*')
  await page.getByRole('textbox', { name: 'Waar gaan we voor?' }).tap()
  await page.keyboard.type('Ria belt elke zondag met Lotte.')
  await page.getByText('Alles is bewaard').waitFor()
  expect(await outside(page)).toEqual([])
  await page.getByRole('button', { name: 'Klaar? Leg het voor' }).tap()
  await page.getByRole('dialog').getByRole('button', { name: 'Leg het voor' }).tap()
  await page.getByRole('heading', { name: 'Dit leggen we voor' }).waitFor()
  expect(await outside(page)).toEqual([])
})

test('a card is dragged with a finger, and the page does not scroll away under it', async () => {
  const page = await sitAt('Fatima', TOUCH)
  const moved = card(page, 'Het lopen gaat beter')
  const target = card(page, 'veilig als Ria alleen')
  await target.evaluate((one) => one.scrollIntoView({ block: 'start' }))
  await page.evaluate(() => scrollBy(0, -120))
  const handle = page.getByRole('button', { name: /^Versleep of verplaats: Het lopen gaat/ })
  const [from, to] = [(await handle.boundingBox())!, (await target.boundingBox())!]
  const cdp = await page.context().newCDPSession(page)
  const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', x?: number, y?: number) =>
    cdp.send('Input.dispatchTouchEvent', {
      type,
      touchPoints: x === undefined ? [] : [{ x, y: y! }],
    })
  const before = await page.evaluate(() => scrollY)
  await touch('touchStart', from.x + 20, from.y + 20)
  await expect
    .poll(async () => {
      await touch('touchMove', from.x + 20, from.y - 10)
      await touch('touchMove', to.x + 40, to.y + 12)
      return page.locator('.drop-before').count()
    })
    .toBe(1)
  await touch('touchEnd')
  const order = () =>
    page
      .locator('[data-drop=point] [data-card]')
      .evaluateAll((all) => all.map((one) => (one.textContent ?? '').includes('lopen gaat beter')))
  await expect.poll(async () => (await order()).indexOf(true)).toBe(0)
  await moved.waitFor()
  expect(Math.abs((await page.evaluate(() => scrollY)) - before)).toBeLessThan(200)
})

test('at 400 % a goal is written without scrolling sideways, and nothing lies over the words', async () => {
  const page = await sitAt('Fatima', { viewport: { width: 320, height: 256 } })
  await newGoal(page, 'Ria zit elke ochtend in de zon.')
  expect(await outside(page)).toEqual([])
  const field = page.getByRole('textbox', { name: 'Waar gaan we voor?' })
  await field.focus()
  const covered = await field.evaluate((one) => {
    const { left, top, bottom, width } = one.getBoundingClientRect()
    const middle = (Math.max(top, 0) + Math.min(bottom, innerHeight)) / 2
    return !one.contains(document.elementFromPoint(left + width / 2, middle))
  })
  expect(covered).toBe(false)
  expect(await violations(page)).toEqual([])
})

test('who asked for less motion sees none: not of carets, nor of the seam', async () => {
  const [calm, marjan] = [
    await sitAt('Fatima', { viewport: PHONE, reducedMotion: 'reduce' }),
    await people.sit('Marjan'),
  ]
  await newGoal(calm, 'Ria hoort elke dag de radio.')
  await marjan.goto(calm.url())
  await marjan.getByText('Alles is bewaard').waitFor()
  await marjan.getByRole('textbox', { name: 'Waar gaan we voor?' }).click()
  await marjan.keyboard.press('Control+End')
  const flag = calm.getByText('Marjan schrijft nu')
  await flag.waitFor({ state: 'attached' })
  const sticksOut = () =>
    flag.evaluate(
      (one) =>
        one.getBoundingClientRect().right - one.closest('.writer')!.getBoundingClientRect().right,
    )
  await expect.poll(sticksOut).toBeLessThan(0.5) // at the end of a line as well
  const moving = () =>
    calm.evaluate(() =>
      document
        .getAnimations()
        .filter((one) => Number(one.effect?.getComputedTiming().duration ?? 0) > 1)
        .map((one) => (one.effect as KeyframeEffect | null)?.target?.className),
    )
  expect(await moving()).toEqual([])
  const slow = await calm.evaluate(
    () =>
      [...document.querySelectorAll('body *')].filter((one) => {
        const { transitionDuration } = getComputedStyle(one)
        return transitionDuration.split(',').some((time) => parseFloat(time) > 0.001)
      }).length,
  )
  expect(slow).toBe(0)
})

test('two hundred edits of another are one polite sentence; only a lock interrupts', async () => {
  const [fatima, marjan] = [await people.sit('Fatima'), await people.sit('Marjan')]
  const calm = await people.sit('dokter S. Bakker') // wants to hear only what matters
  await calm.context().addCookies([{ name: 'look', value: '...important', url: server.base }])
  await newGoal(fatima, 'Ria eet samen met anderen.')
  await marjan.goto(fatima.url())
  await marjan.getByText('Alles is bewaard').waitFor()
  await calm.goto(fatima.url())
  await calm.getByText('Alles is bewaard').waitFor()
  const listen = async (page: Page) => {
    await page.clock.install()
    await page.evaluate(() => {
      const heard: Record<'status' | 'alert', string[]> = { status: [], alert: [] }
      Object.assign(window, { heard, from: Date.now() })
      for (const role of ['status', 'alert'] as const) {
        const region = document.querySelector(`body div.vh[role=${role}]`)!
        new MutationObserver(() => heard[role].push(region.textContent ?? '')).observe(region, {
          childList: true,
          characterData: true,
          subtree: true,
        })
      }
    })
  }
  await listen(fatima)
  await listen(calm)
  const heard = (page = fatima) =>
    page.evaluate(
      () => (window as unknown as { heard: Record<'status' | 'alert', string[]> }).heard,
    )
  const field = marjan.getByRole('textbox', { name: 'Waar gaan we voor?' })
  await field.click()
  await marjan.keyboard.press('Control+End')
  await marjan.keyboard.type(' Aan de grote tafel bij het raam.'.repeat(7).slice(0, 200))
  await marjan.getByText('Alles is bewaard').waitFor()
  await expect
    .poll(() => fatima.getByRole('textbox', { name: 'Waar gaan we voor?' }).inputValue())
    .toHaveLength('Ria eet samen met anderen.'.length + 200)
  await fatima.clock.fastForward(11_000)
  const status = async () => (await heard()).status
  await expect
    .poll(async () => [...new Set(await status())])
    .toEqual(['Marjan veranderde één ding.'])
  const tens = await fatima.evaluate(
    () => (Date.now() - (window as unknown as { from: number }).from) / 10_000,
  )
  expect((await status()).length).toBeLessThanOrEqual(1 + tens) // one in ten seconds
  expect((await heard()).alert).toEqual([])
  await calm.clock.fastForward(11_000)
  await expect
    .poll(() => calm.getByRole('textbox', { name: 'Waar gaan we voor?' }).inputValue())
    .toHaveLength('Ria eet samen met anderen.'.length + 200)
  expect(await heard(calm)).toEqual({ status: [], alert: [] })

  const joost = await people.sit('Joost')
  await joost.goto(fatima.url())
  await joost.getByText('Alles is bewaard').waitFor()
  await joost.getByRole('button', { name: 'Klaar? Leg het voor' }).click()
  const lay = joost.getByRole('dialog').getByRole('button', { name: 'Leg het voor' })
  await expect.poll(() => lay.getAttribute('aria-disabled')).toBe('false')
  await lay.click()
  await expect
    .poll(async () => (await heard()).alert)
    .toEqual(['Dit doel is nu voorgelegd; u kunt niet meer typen.'])
  await expect
    .poll(async () => (await heard(calm)).alert)
    .toEqual(['Dit doel is nu voorgelegd; u kunt niet meer typen.'])
  expect((await heard(calm)).status).toEqual([])
  expect(people.faults).toEqual([])
})
