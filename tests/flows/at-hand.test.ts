/** What is at hand on the board and at a goal: in view, where it is looked for, and doing what it says. */
import { expect, test } from 'vitest'
import type { Page } from 'playwright'
import { afterAll, beforeAll } from '../anew.ts'
import { screens, type Screens } from '../browser.ts'
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
  page.locator('[data-lane] [data-card]').filter({ hasText: words }).first()
const more = (page: Page, words: string) =>
  card(page, words).getByRole('button', { name: /^Meer: / })

/** Chooses from "Verplaats naar …" and hears what became of it. */
async function move(page: Page, words: string, choice: string): Promise<string> {
  await more(page, words).click()
  await page.getByRole('menuitem', { name: 'Verplaats naar …' }).click()
  await page.getByRole('dialog').getByRole('button', { name: choice, exact: true }).click()
  const heard = page.locator('[role=status]').filter({ hasText: /staat nu|kan niet verder/ })
  await heard.waitFor({ state: 'attached' })
  await expect
    .poll(() => more(page, words).evaluate((at) => at === document.activeElement))
    .toBe(true)
  return (await heard.textContent()) ?? ''
}
const order = (page: Page) =>
  page.locator('[data-drop=wish] [data-card] .card__text').allInnerTexts()

test('a card that is said to stand higher is seen higher; else it is said to go no further', async () => {
  const page = await people.sit('Fatima')
  await page.waitForFunction(() => document.querySelector('.grip') !== null)
  const before = await order(page)
  expect(await move(page, 'zeven uur wakker', 'Naar boven')).toContain('kan niet verder') // goals first
  expect(await order(page)).toEqual(before)
  expect(await move(page, 'weer zelf naar de tuin', 'Naar boven')).toContain('hoger')
  await expect.poll(() => order(page)).toEqual([before[1], before[0], ...before.slice(2)])
  await page.context().close()
})

test('the menu of a card low on the screen is seen whole', async () => {
  const page = await people.sit('Fatima')
  const dock = page.locator('.dock')
  const foot = (await dock.boundingBox())!.y
  const button = more(page, 'weer zelf naar de tuin')
  await button.waitFor()
  await button.evaluate((at, y) => scrollBy(0, at.getBoundingClientRect().bottom - y + 10), foot)
  await button.click()
  const list = page.getByRole('menu')
  await expect
    .poll(async () => {
      const box = (await list.boundingBox())!
      return box.y >= 0 && box.y + box.height <= foot
    })
    .toBe(true)
  expect(await list.evaluate((at) => at.scrollHeight <= at.clientHeight)).toBe(true)
  await page.context().close()
})
