/** A carer makes a plan from the screen; its first questions are answered by people. */
import { expect, test } from 'vitest'
import { afterAll, beforeAll } from '../anew.ts'
import { PHONE, screens, violations, type Screens } from '../browser.ts'
import { caller, start, type Running } from '../process.ts'

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

test('a plan is made from the screen: a fault stands at its field, and a question is answered beside it', async () => {
  const fatima = await people.sit('Fatima')
  await fatima.goto(`${server.base}/plannen`)
  await fatima.getByRole('link', { name: 'Nieuw plan' }).click()
  await fatima.getByRole('button', { name: 'Maak het plan' }).waitFor()
  await fatima.getByLabel('Hoe wil deze persoon heten?').fill('An')
  await fatima.getByLabel('Naam', { exact: true }).nth(1).fill('Bo de Wit')
  await fatima.getByLabel('Mailadres', { exact: true }).first().fill('bo@voorbeeld.nl')
  await fatima.getByRole('radio', { name: /Warm welkom/ }).check()
  await fatima.getByRole('button', { name: 'Maak het plan' }).click()

  // what is wrong stands at the field, the hand is there, and nothing typed is lost
  const name = fatima.getByLabel('Naam', { exact: true }).first()
  await expect.poll(() => name.getAttribute('aria-invalid')).toBe('true')
  await expect.poll(() => name.evaluate((e) => e === document.activeElement)).toBe(true)
  await expect.poll(() => fatima.getByLabel('Hoe wil deze persoon heten?').inputValue()).toBe('An')
  expect(await violations(fatima)).toEqual([])
  await name.fill('mevrouw An de Wit')
  await fatima.getByRole('button', { name: 'Maak het plan' }).click()
  const consent = fatima.getByLabel('Wat zei de cliënt over wie mag meekijken?')
  await expect.poll(() => consent.getAttribute('aria-invalid')).toBe('true')
  await consent.fill('Bo mag alles lezen.')
  await fatima.getByRole('button', { name: 'Maak het plan' }).click()

  await fatima.waitForURL(/\/plan\/[a-z0-9]{20}$/)
  await fatima.getByText('Alles is bewaard').waitFor()
  const question = fatima.locator('.card', { hasText: 'Wat moet blijven zoals het was?' })
  await question.getByText('Vraag van het formulier').waitFor()
  await question.getByRole('button', { name: 'Antwoord geven' }).click()
  const dialog = fatima.getByRole('dialog')
  await dialog.getByText('Wat moet blijven zoals het was?').waitFor()
  await dialog.getByRole('textbox').first().fill('De klok blijft slaan.')
  await dialog
    .getByRole('button', { name: /Zet|Voeg|bord/ })
    .last()
    .click()
  const row = fatima.locator('.lane', { hasText: 'De klok blijft slaan.' })
  await row.getByText('Wat moet blijven zoals het was?', { exact: true }).waitFor()
  await expect.poll(() => row.getByText('Fatima').first().isVisible()).toBe(true)
  expect(await violations(fatima)).toEqual([])
  expect(people.faults).toEqual([])
})

test('without script the form is a form: what was chosen is still chosen after a fault', async () => {
  const fatima = await people.sit('Fatima')
  const cookies = await fatima.context().cookies()
  const context = await people.browser.newContext({ locale: 'nl-NL', javaScriptEnabled: false })
  await context.addCookies(cookies)
  const page = await context.newPage()
  await page.goto(`${server.base}/plannen/nieuw`)
  const role = page.locator('select[name="people.role"]').first()
  const fields = [page.getByLabel('Onder welke wet'), page.getByLabel('Wat bent u hier'), role]
  const chosen = () => Promise.all(fields.map((one) => one.inputValue()))
  expect(await chosen()).toEqual(['Wlz', 'primary_carer', 'relative'])
  await page.getByLabel('Naam', { exact: true }).nth(1).fill('Bo de Wit')
  await page.getByLabel('Onder welke wet').selectOption('Zvw')
  await page.getByLabel('Wat bent u hier').selectOption('physiotherapist')
  await role.selectOption('partner_rep')
  await page.getByLabel('Wat zei de cliënt').fill('Bo mag alles lezen.')
  await page.getByRole('button', { name: 'Maak het plan' }).click()
  await page.locator('[aria-invalid="true"]').first().waitFor()
  expect(await chosen()).toEqual(['Zvw', 'physiotherapist', 'partner_rep'])
  expect(await page.getByLabel('Wat zei de cliënt').inputValue()).toBe('Bo mag alles lezen.')
  await context.close()
})

test('a name of eighty letters breaks, and no page grows wider than the window', async () => {
  const fatima = await people.sit('Fatima', PHONE)
  const name = 'Hottentot'.repeat(9)
  const { call } = await caller(server.base, 'fatima@plan-01.example')
  const made = await call('POST', '/api/plans/new', {
    client: { name, callMe: name, law: 'Wlz' },
    startedOn: '2026-11-02',
    myRole: 'primary_carer',
    people: [{ name, email: 'bo@voorbeeld.nl', role: 'relative', relation: name }],
    consent: name,
    template: 'empty',
  })
  const { id } = made.body as { id: string }
  const pages = ['', '/mensen', '/beslissen', '/gesprek', '/vaststellen', '/afdrukken', '/wissen']
  for (const path of pages) {
    await fatima.goto(`${server.base}/plan/${id}${path}`)
    await fatima.getByText(name).filter({ visible: true }).first().waitFor()
    const wide = await fatima.evaluate(() => document.documentElement.scrollWidth)
    expect(wide, path).toBeLessThanOrEqual(PHONE.width)
  }
  expect(people.faults).toEqual([])
})

test('a wish that is not possible now says why beside it, and the nine topics are ticked', async () => {
  const fatima = await people.sit('Fatima')
  await fatima.goto(`${server.base}/plan/plan-01`) // she sits at two plans by now
  const ria = await people.sit('Ria Hofland')
  const wish = (page: typeof fatima) =>
    page.locator('.card', { hasText: 'Ik wil weer zelf naar de tuin lopen' })
  await wish(fatima).getByRole('button', { name: /^Meer/ }).click()
  await fatima.getByRole('menuitem', { name: 'Deze wens kan nu niet' }).click()
  const dialog = fatima.getByRole('dialog')
  await dialog.getByRole('button', { name: 'Leg dit vast' }).click()
  await dialog.getByText('Kies eerst waarom de wens niet kan.').waitFor()
  await dialog.getByRole('radio', { name: 'Het past niet bij goede zorg.' }).check()
  await dialog.getByLabel(/Leg het uit/).fill('De heup moet eerst rust hebben.')
  await dialog.getByLabel(/andere zorgverlener/).fill('dokter Bakker')
  expect(await violations(fatima)).toEqual([])
  await dialog.getByRole('button', { name: 'Leg dit vast' }).click()
  await wish(fatima).getByText('Deze wens volgen we nu niet.').waitFor()
  await wish(ria).getByText('De heup moet eerst rust hebben.').waitFor()
  await wish(ria).getByText('Overlegd met dokter Bakker').waitFor()
  await expect.poll(() => wish(ria).getByText('Ik wil weer zelf').first().isVisible()).toBe(true)

  await fatima.getByRole('button', { name: 'Menu: Andere bladzijden' }).click()
  await fatima.getByRole('menuitem', { name: 'Negen onderwerpen' }).click()
  const topic = fatima.getByRole('listitem').filter({ hasText: 'Elke dag naar buiten kunnen' })
  await topic.getByRole('button', { name: /^Besproken/ }).click()
  await topic.getByRole('button', { name: /^Besproken/, pressed: true }).waitFor()
  await ria.goto(`${server.base}/plan/plan-01/onderwerpen`)
  await ria.getByText('Besproken').waitFor()
  await expect.poll(() => ria.getByRole('button', { name: /^Besproken/ }).count()).toBe(0)
  expect(people.faults).toEqual([])
})

test('another language keeps the page and the place', async () => {
  const marjan = await people.sit('Marjan')
  await marjan.goto(`${server.base}/plannen`)
  await marjan.getByRole('link', { name: 'Lezen en zien' }).click()
  await marjan.getByLabel('English').check()
  await marjan.getByRole('button', { name: 'Bewaar' }).click()
  await marjan.waitForURL('**/plannen')
  await marjan.getByRole('heading', { name: 'Plans you belong to' }).waitFor()
  await expect.poll(() => marjan.locator('html').getAttribute('lang')).toBe('en')

  // what a page says by itself is English too, from its first word on
  const said: string[] = []
  await marjan.exposeFunction('heard', (text: string) => said.push(text))
  await marjan.addInitScript(() => {
    new MutationObserver(() => {
      const { heard } = window as unknown as { heard: (text: string) => void }
      heard(document.body?.innerText ?? '')
    }).observe(document, { subtree: true, childList: true, characterData: true })
  })
  await marjan.goto(`${server.base}/plan/plan-01`)
  await marjan.getByText('Everything is saved').first().waitFor()
  const card = marjan.locator('[data-lane] [data-card]').first()
  await card.getByRole('button', { name: /^More: / }).click()
  await card.getByRole('menuitem', { name: 'Move to …' }).waitFor()
  expect(said.some((text) => text.includes('saved'))).toBe(true)
  expect(said.filter((text) => /bewaard|Wie schreef dit/.test(text))).toEqual([])
})
