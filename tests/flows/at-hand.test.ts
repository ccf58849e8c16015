/** What is at hand on the board and at a goal: in view, where it is looked for, and doing what it says. */
import { expect, test } from 'vitest'
import type { Page } from 'playwright'
import { afterAll, beforeAll } from '../anew.ts'
import { LAPTOP, PHONE, screens, type Screens } from '../browser.ts'
import { caller, start, type Caller, type Running } from '../process.ts'
import { laidBefore } from '../touch.ts'

let server: Running
let people: Screens
let fatima: Caller
beforeAll(async () => {
  server = await start()
  people = await screens(server.base)
  fatima = await caller(server.base, 'fatima@plan-01.example')
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
  const once = await move(page, 'zeven uur wakker', 'Naar boven') // goals stand first
  expect(once).toContain('kan niet verder')
  expect(await move(page, 'zeven uur wakker', 'Naar boven')).not.toBe(once) // it is heard again
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

test('of a long dialog what one can do is in view at once', async () => {
  const page = await people.sit('Fatima')
  for (const size of [LAPTOP, PHONE]) {
    await page.setViewportSize(size)
    await page.getByRole('button', { name: 'Iets toevoegen' }).click()
    const put = page.getByRole('button', { name: 'Zet op het bord' })
    await expect
      .poll(async () => {
        const box = await put.boundingBox()
        return box !== null && box.y + box.height < size.height
      })
      .toBe(true)
    await page.keyboard.press('Escape')
  }
  await page.context().close()
})

test('who searches finds what lies beside the rows too, and sees nothing else there', async () => {
  const page = await people.sit('Fatima')
  const apart = page.getByRole('region', { name: 'Alleen voor de zorg en Ria' })
  await apart.waitFor()
  await page.getByRole('button', { name: 'Zoek', exact: true }).click()
  const field = page.getByLabel('Zoek op dit bord')
  await field.fill('bloeddruk')
  await page.getByRole('search').getByText('1 gevonden').waitFor()
  await apart.getByText('bloeddruk').waitFor()
  await expect.poll(() => page.getByText('Niets gevonden').count()).toBe(0)
  await field.fill('bloemenwinkel')
  await apart.waitFor({ state: 'hidden' })
  await page.locator('[data-found]').getByText('bloemenwinkel').waitFor()
  await page.keyboard.press('Escape')
  await apart.waitFor()
  await page.context().close()
})

test('the sheet of a relative keeps its buttons as high as a hand needs', async () => {
  const page = await people.sit('Marjan', PHONE)
  await page.getByRole('button', { name: 'Iets toevoegen' }).click()
  const share = page.getByRole('button', { name: 'Deel dit nu' })
  await share.waitFor()
  expect((await share.boundingBox())!.height).toBeLessThan(90)
  await page.context().close()
})

test('who put on record that a wish cannot be now stands apart from the day', async () => {
  const page = await people.sit('Fatima')
  await more(page, 'iets doen met').click()
  await page.getByRole('menuitem', { name: 'Deze wens kan nu niet' }).click()
  await page.getByRole('radio', { name: 'Anderen zouden er last van hebben.' }).check()
  await page.getByLabel('Leg het uit').fill('Er is geen plaats.')
  await page.getByRole('button', { name: 'Leg dit vast' }).click()
  const note = card(page, 'iets doen met').getByRole('note')
  await note.getByText('Er is geen plaats.').waitFor()
  expect(await note.locator('p').last().textContent()).toMatch(/^\s*Fatima, \d/)
  await page.context().close()
})

test('on a phone the bar is low, and what is in it is large enough', async () => {
  const goal = await laidBefore(server.base, fatima, 'plan-01', 'Ria eet om acht uur.')
  const page = await people.sit('Marjan', PHONE)
  const high = () => page.locator('.dock').evaluate((dock) => (dock as HTMLElement).offsetHeight)
  const least = () =>
    page
      .locator('.dock button:visible')
      .evaluateAll((all) => Math.min(...all.map((one) => one.getBoundingClientRect().height)))
  await page.goto(`${server.base}/plan/plan-01/doel/${goal.id}`)
  await page.getByText('Alles is bewaard').waitFor()
  await page.getByRole('button', { name: 'Ik wil iets toevoegen' }).waitFor()
  expect(await high()).toBeLessThanOrEqual(100)
  expect(await least()).toBeGreaterThanOrEqual(47.5)
  await page.context().close()

  const nurse = await people.sit('Fatima', PHONE)
  await nurse.getByRole('button', { name: 'Nieuw doel' }).click()
  await nurse.getByRole('dialog').getByRole('button', { name: 'Wonen en mijn dag' }).click()
  await nurse.getByRole('button', { name: 'Klaar? Leg het voor' }).waitFor()
  await nurse.getByText('Alles is bewaard').waitFor()
  const bar = nurse.locator('.dock')
  expect((await bar.boundingBox())!.height).toBeLessThanOrEqual(80)
  await nurse.getByText('U mag meeschrijven').waitFor() // it is still read aloud
  await nurse.context().close()
})

test('a nee the client gives from the board counts at once; why comes after it, or not', async () => {
  const goal = await laidBefore(server.base, fatima, 'plan-01', 'Ria gaat om tien uur slapen.')
  const answers = async () => {
    const { body } = await fatima.call('GET', `/api/goals/${goal.id}`)
    const given = (body as { answers: { answer: string; remark: string }[] }).answers
    return given.filter(({ answer }) => answer !== 'seen').map((one) => [one.answer, one.remark])
  }
  const page = await people.sit('Ria')
  await page.goto(`${server.base}/plan/plan-01/doel/${goal.id}`)
  await page.getByRole('button', { name: 'Nee', exact: true }).click()
  await page.getByRole('heading', { name: 'U zegt Nee tegen:' }).waitFor()
  expect(await answers()).toEqual([])
  await page.getByRole('button', { name: 'Goed zo' }).click()
  await page.getByRole('heading', { name: 'Dat mag.' }).waitFor()
  expect(await answers()).toEqual([['no', '']])
  await page.getByRole('button', { name: 'Wie het doet' }).click()
  await page.getByRole('heading', { name: 'Klopt dit voor u?' }).waitFor()
  await expect.poll(answers).toEqual([
    ['no', ''],
    ['no', 'Wie het doet'],
  ])
  await page.context().close()
  expect(people.faults).toEqual([])
})

test('a field grows with its text in the same breath, and shrinks with it', async () => {
  const { body } = await fatima.call('POST', '/api/plans/plan-01/goals', { area: 'living' })
  const page = await people.sit('Fatima')
  await page.goto(`${server.base}/plan/plan-01/doel/${(body as { id: string }).id}`)
  const field = page.locator('.writer--goal textarea')
  await field.click()
  const low = (await field.boundingBox())!.height
  // before the page is laid out for the next frame: nothing of the text is outside the field
  await field.evaluate((at: HTMLTextAreaElement) => {
    const cut: number[] = []
    Object.assign(window, { cut })
    at.addEventListener('input', () =>
      requestAnimationFrame(() => cut.push(at.scrollHeight - at.clientHeight)),
    )
  })
  for (const line of ['Elke dag', 'even naar', 'buiten']) {
    await field.pressSequentially(line)
    await field.press('Enter')
  }
  const cut = await page.evaluate(() => Reflect.get(window, 'cut') as number[])
  expect(cut.length).toBeGreaterThan(20)
  expect(Math.max(...cut)).toBeLessThanOrEqual(1)
  expect((await field.boundingBox())!.height).toBeGreaterThan(low * 2)
  await field.fill('')
  await expect.poll(async () => (await field.boundingBox())!.height).toBe(low)
  await page.context().close()
})
