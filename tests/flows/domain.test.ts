/** What the domain asks for (domain.md, appendix D) of the screens, each named with its number. */
import { expect, test } from 'vitest'
import type { Page } from 'playwright'
import { afterAll, beforeAll } from '../anew.ts'
import { screens, violations, type Screens } from '../browser.ts'
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

/** Somebody of any plan, at a page. */
async function at(who: Caller, path: string, viewport = { width: 1280, height: 800 }) {
  const context = await people.browser.newContext({ viewport, locale: 'nl-NL' })
  const [name, value] = who.cookie.split('=') as [string, string]
  await context.addCookies([{ name, value, url: server.base }])
  const page = await context.newPage()
  await page.goto(`${server.base}${path}`)
  return page
}
const focused = (page: Page) =>
  page.evaluate(() => {
    const here = document.activeElement!
    const box = here.getBoundingClientRect()
    return {
      words: here.textContent.trim(),
      tall: Math.round(box.height),
      seen: box.top >= 0 && box.bottom <= window.innerHeight,
    }
  })
/** Tabs on until the focus is on a button with these words. */
async function tabTo(page: Page, words: string) {
  for (let steps = 0; steps < 80; steps++) {
    const now = await focused(page)
    if (now.words === words) return now
    await page.keyboard.press('Tab')
  }
  throw new Error(`the keyboard never came to "${words}"`)
}

test('D9: words of the client that her carer typed say both', async () => {
  const page = await people.sit('Fatima')
  await page.getByRole('button', { name: 'Iets toevoegen' }).click()
  await page.getByLabel('Een wens').check({ force: true })
  await page.getByLabel('De woorden').fill('Ik wil op zondag taart.')
  await page.getByRole('radio', { name: 'Ria', exact: true }).check({ force: true })
  await page.getByRole('button', { name: 'Zet op het bord' }).click()
  const card = page.locator('[data-card]').filter({ hasText: 'op zondag taart' }).first()
  await card.waitFor()
  const voice = (await card.textContent())!.replace(/\s+/g, ' ')
  expect(voice).toMatch(/Ria/)
  expect(voice).toMatch(/Zelf gezegd/)
  expect(voice).toMatch(/Fatima/)
})

test('D12: where resistance was seen nobody can say yes, and the way of the Wzd is shown', async () => {
  const bas = await caller(server.base, 'bas@plan-07.example')
  const { body } = await bas.call('GET', '/api/plans/plan-07')
  const { goals } = body as { goals: { id: string; standing: string | null }[] }
  const resisted = goals.find(({ standing }) => standing === 'resisted')!
  for (const key of ['bas', 'mark']) {
    const who = await caller(server.base, `${key}@plan-07.example`)
    const page = await at(who, `/plan/plan-07/doel/${resisted.id}`)
    await page
      .getByText(/Wet zorg en dwang|Wzd/)
      .first()
      .waitFor()
    await expect.poll(() => page.getByRole('button', { name: /^Ja/ }).count()).toBe(0)
    await page.context().close()
  }
})

test('L4: what is handed in before a meeting is asked about after it, and who handed it in reads what became of it', async () => {
  const [ria, fatima] = [
    await caller(server.base, 'ria@plan-01.example'),
    await caller(server.base, 'fatima@plan-01.example'),
  ]
  const { body } = await fatima.call('GET', '/api/plans/plan-01')
  const people = (body as { people: { id: string }[] }).people.map(({ id }) => id)
  const meeting = await meetingOf(fatima, 'plan-01', people)

  const hers = await at(ria, '/plan/plan-01/voorbereiden')
  const next = hers.getByRole('button', { name: 'Verder' })
  await next.click() // how she is: not an item
  await hers.getByRole('textbox').fill('Vaker naar de markt.')
  for (let step = 0; step < 4; step++) await next.click()
  await hers.getByRole('button', { name: 'Lever in' }).click()
  await hers.getByRole('link', { name: 'Kijk wat er met uw punten is gedaan' }).click()
  await hers.getByRole('heading', { name: 'Vaker naar de markt.' }).waitFor()
  await hers.getByText('Wacht op het gesprek van').waitFor()
  expect(await violations(hers)).toEqual([])

  await meeting.step({ do: 'start' })
  const asked = await at(fatima, '/plan/plan-01/vaststellen')
  await asked.getByRole('link', { name: 'Zeg bij elk punt wat ermee is gedaan.' }).click()
  await asked.getByRole('heading', { name: 'Vaker naar de markt.' }).waitFor()
  await expect.poll(() => asked.getByLabel('Het staat nu in het plan').isChecked()).toBe(true)
  expect(await violations(asked)).toEqual([])
  await asked.getByLabel('Het wordt niet gevolgd').check({ force: true })
  await asked.getByRole('button', { name: /^Bewaar/ }).click()
  await asked.getByText('Schrijf erbij waarom.').waitFor()
  await asked.getByLabel('Waarom niet?').fill('De markt is nu te ver weg.')
  await asked.getByRole('button', { name: /^Bewaar/ }).click()
  await asked.getByText('De markt is nu te ver weg.').waitFor()
  await asked.goto(`${server.base}/plan/plan-01`)
  await asked.getByText('Wat de wet nu vraagt').click()
  await asked.getByRole('link', { name: /Bij elk punt van het persoonlijk plan/ }).waitFor()

  await hers.goto(`${server.base}/plan/plan-01/eigen-plan`)
  await hers.getByText('Het wordt niet gevolgd').waitFor()
  await hers.getByText('De markt is nu te ver weg.').waitFor()
  await expect.poll(() => hers.getByRole('button', { name: /^Bewaar/ }).count()).toBe(0)
  for (const page of [hers, asked]) await page.context().close()
})

test('D23: who was let in for one goal comes to that one; with more said, more opens, on the same screen', async () => {
  const noor = await caller(server.base, 'noor@plan-07.example')
  const mark = await caller(server.base, 'mark@plan-07.example')
  const hers = await at(noor, '/plan/plan-07')
  await hers.waitForURL('**/plan/plan-07/doelen')
  await expect
    .poll(() => hers.locator('.goals a').allTextContents())
    .toEqual([expect.stringContaining('zien elkaar elke zondag') as string])
  expect(await violations(hers)).toEqual([])
  await hers.locator('.goals a').click()
  await hers.getByText('San en Noor zien elkaar elke zondag').first().waitFor()
  expect(await hers.content()).not.toContain('loopt elke dag twee keer buiten')
  for (const closed of ['gesprek', 'mensen', 'terugkijken', 'vaststellen', 'eigen-plan']) {
    const answer = await hers.goto(`${server.base}/plan/plan-07/${closed}`)
    expect(answer!.status(), closed).toBe(403)
  }
  await hers.goto(`${server.base}/plan/plan-07/doelen`)

  const page = await at(mark, '/plan/plan-07/mensen')
  await page.getByText('Alleen deze doelen: “San en Noor zien elkaar').waitFor()
  await page.getByRole('button', { name: /Noor/ }).filter({ hasText: 'Wijzig' }).click()
  await page.getByLabel('San loopt elke dag twee keer buiten.').check()
  expect(await violations(page)).toEqual([])
  await page.getByLabel('Wat zegt u hierover?').fill('Noor mag weten hoe San loopt.')
  await page.getByRole('button', { name: 'Bewaar' }).click()
  await page.getByText(/Alleen deze doelen: .*loopt elke dag/).waitFor()
  await hers.getByText('San loopt elke dag twee keer buiten.').waitFor()
  for (const one of [hers, page]) await one.context().close()
})

test('L12: what she refused in writing earlier stands where her answer is written down as well', async () => {
  const bas = await caller(server.base, 'bas@plan-07.example')
  const { body } = await bas.call('GET', '/api/plans/plan-07')
  const { goals } = body as { goals: { id: string; words: { plainText: string } }[] }
  const calling = goals.find(({ words }) => words.plainText.includes('elke zondag'))!.id
  const paper = { text: 'Ik wil niet gefilmd worden.', area: null, on: '2024-02-01' }
  expect((await bas.call('POST', '/api/plans/plan-07/refusals', paper)).status).toBe(201)
  await bas.call('POST', `/api/goals/${calling}/revise`, {})
  expect((await bas.call('POST', `/api/goals/${calling}/present`, {})).status).toBe(200)
  const page = await at(bas, `/plan/plan-07/doel/${calling}/opschrijven`)
  await page.getByRole('heading', { name: 'Hoe laat San weten wat het antwoord is?' }).waitFor()
  await page.getByText(paper.text).waitFor()
  expect(await violations(page)).toEqual([])
  await page.getByRole('button', { name: /San kan dit nu niet zelf/ }).click()
  await page.getByText(paper.text).waitFor()
  await page.context().close()
})

test('D21: answering works at 200 % zoom, by keyboard alone, with targets of 44 px, in words', async () => {
  const fatima = await people.sit('Fatima')
  await fatima.getByRole('button', { name: 'Nieuw doel' }).click()
  await fatima.getByRole('button', { name: 'Mijn lichaam en gezondheid' }).click()
  await fatima.waitForURL('**/doel/*')
  const words = 'Ria loopt elke dag door de tuin.'
  await fatima.getByRole('textbox', { name: 'Waar gaan we voor?' }).fill(words)
  await fatima.getByText('Alles is bewaard').waitFor()
  await fatima.getByRole('button', { name: 'Klaar? Leg het voor' }).click()
  await fatima.getByRole('button', { name: 'Leg het voor', exact: true }).click()
  const ria = await caller(server.base, 'ria@plan-01.example')
  const path = new URL(fatima.url()).pathname
  const page = await at(ria, path, { width: 640, height: 400 }) // 1280 × 800 at 200 %
  await page.getByText(words).first().waitFor()
  const wide = () => page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
  expect(await wide()).toBeLessThanOrEqual(0)
  expect(await violations(page)).toEqual([])
  const answers = page.getByRole('group').getByRole('button')
  for (const box of await answers.all()) {
    const size = (await box.boundingBox())!
    expect(Math.min(size.height, size.width)).toBeGreaterThanOrEqual(44)
    expect((await box.textContent())!.trim()).not.toBe('') // words, not a colour
  }
  const [yes] = await answers.allTextContents()
  const focus = await tabTo(page, yes!.trim())
  expect(focus.seen).toBe(true)
  await page.keyboard.press('Enter')
  await tabTo(page, 'Goed zo')
  await page.keyboard.press('Enter')
  await expect
    .poll(async () => (await ria.call('GET', `/api/goals/${path.split('/').at(-1)}`)).body)
    .toMatchObject({ answers: [{ answer: 'yes', method: 'own_device' }] })
  expect(await wide()).toBeLessThanOrEqual(0)
  expect(people.faults).toEqual([])
})
