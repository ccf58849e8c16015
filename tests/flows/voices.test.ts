/** Whose words, and on what ground: every way to say something on the board, by visible labels only. */
import { expect, test } from 'vitest'
import type { Page } from 'playwright'
import { afterAll, beforeAll } from '../anew.ts'
import { PHONE, screens, TABLET, violations, type Screens } from '../browser.ts'
import { dayIn, written } from '../days.ts'
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
const pick = (page: Page, name: string) => page.getByRole('radio', { name, exact: true }).check()

/** What a screen that is not wide keeps under "Meer", at the foot of the board. */
async function more(page: Page, act: string): Promise<void> {
  await page.locator('.dock').getByRole('button', { name: 'Meer: Dit bord' }).click()
  await page.getByRole('menuitem', { name: act, exact: true }).click()
}
async function choose(page: Page, words: string, act: string): Promise<void> {
  await card(page, words).getByRole('button', { name: /^Meer/ }).click()
  await page.getByRole('menuitem', { name: act }).click()
}

test('what somebody saw is written down with how, when and how often, and becomes a wish only with a reason', async () => {
  const [fatima, marjan] = [await people.sit('Fatima'), await people.sit('Marjan')]
  await fatima.getByRole('button', { name: 'Iets toevoegen' }).click()
  await pick(fatima, 'Iets dat u zag')
  await fatima.getByLabel('Wat zag u?').fill('Ria neuriet als de radio aan staat.')
  await pick(fatima, 'leek het fijn te vinden')
  await fatima.getByLabel('Wanneer zag u dit?').fill('maandag bij de koffie')
  await pick(fatima, 'vaak')
  expect(await violations(fatima)).toEqual([])
  await fatima.getByRole('button', { name: 'Zet op het bord' }).click()
  const seen = card(marjan, 'Ria neuriet')
  await seen.getByText('leek het fijn te vinden · maandag bij de koffie · vaak').waitFor()
  await seen.getByText('Gezien', { exact: true }).waitFor()

  await choose(fatima, 'Ria neuriet', 'Dit kan een wens zijn')
  await fatima.getByLabel('Wij denken dat Ria dit wil:').fill('Ria wil elke dag muziek horen.')
  await fatima.getByRole('button', { name: 'Zet op het bord' }).click()
  await fatima.getByText('Schrijf eerst op waarom u dat denkt.').waitFor()
  await fatima
    .getByLabel('Wij denken dat Ria dit wil, omdat …')
    .fill('zij neuriet zodra zij muziek hoort.')
  await fatima.getByRole('button', { name: 'Zet op het bord' }).click()
  const wish = card(marjan, 'Ria wil elke dag muziek horen.')
  await wish.getByText('Wij denken dat …').waitFor()
  await wish.getByText('Wij denken dit, omdat: zij neuriet zodra zij muziek hoort.').waitFor()
  await wish.getByText('Gezien: Ria neuriet als de radio aan staat.').waitFor()
})

test('a relative answers two questions, and the answers stand side by side', async () => {
  const [fatima, ria] = [await people.sit('Fatima'), await people.sit('Ria Hofland')]
  await fatima.getByRole('button', { name: 'Iets toevoegen' }).click()
  await pick(fatima, 'Twee vragen aan familie')
  await fatima.getByLabel('Wat zou Ria zelf zeggen?').fill('Laat mij maar slapen.')
  await fatima.getByRole('button', { name: 'Zet op het bord' }).click()
  await fatima.getByText('Kies eerst wie u het vraagt.').waitFor()
  await pick(fatima, 'Marjan')
  await fatima.getByLabel('Wat vindt u zelf?').fill('Ik zie haar liever eerder op.')
  await fatima.getByRole('button', { name: 'Zet op het bord' }).click()
  const both = ria.getByRole('group', { name: 'Wat de familie vindt' })
  await both.getByText('Wat zou Ria zelf zeggen?').waitFor()
  await both.getByText('Naaste: zo zou zij het zeggen').waitFor()
  await both.getByText('Ik zie haar liever eerder op.').waitFor()
  await both.getByText('Mening van naaste').waitFor()
  await expect.poll(() => both.locator('q').count()).toBe(0) // neither is her own sentence
})

test('looking for something says how much is found, and the rest comes back', async () => {
  const page = await people.sit('Marjan', TABLET)
  const all = await page.locator('[data-card]').count()
  await more(page, 'Zoek')
  await page.getByLabel('Zoek op dit bord').fill('bloemen')
  await page.getByText(/^[2-9] gevonden$/).waitFor()
  await page.getByLabel('Zoek op dit bord').fill('xyzzy')
  await page.getByText('Niets gevonden. Probeer een ander woord.').first().waitFor()
  await page.getByRole('button', { name: 'Stop met zoeken' }).click()
  await expect.poll(() => page.locator('[data-card]').count()).toBe(all)
})

test('a card to talk about becomes somebody’s own point', async () => {
  const [marjan, fatima] = [await people.sit('Marjan', TABLET), await people.sit('Fatima')]
  await more(marjan, 'Waar kunnen we over praten?')
  const dialog = marjan.getByRole('dialog')
  await dialog.getByRole('radio', { name: 'Hoe ik mij voel en wat ik zelf wil' }).check()
  await dialog.getByRole('button', { name: 'Volgende kaart' }).click()
  const question = await dialog.locator('.talk__question').textContent()
  expect(await violations(marjan)).toEqual([])
  await dialog.getByRole('button', { name: 'Zet op het bord als bespreekpunt' }).click()
  const mine = card(fatima, question!.trim())
  await mine.getByText('Marjan').first().waitFor()
  await expect.poll(() => mine.locator('q').count()).toBe(0)
})

test('how much is heard of others is a choice, and it is kept', async () => {
  const [ria, fatima] = [await people.sit('Ria Hofland'), await people.sit('Fatima')]
  await fatima.getByRole('button', { name: 'Menu: Andere bladzijden' }).click()
  await fatima.getByRole('menuitem', { name: 'Lezen en zien' }).click()
  await fatima.getByRole('radio', { name: 'Stil' }).check()
  await fatima.getByRole('button', { name: 'Bewaar' }).click()
  await fatima.waitForURL('**/plan/*')
  await fatima.getByText('Alles is bewaard').waitFor()
  await fatima.clock.install()
  await ria.getByRole('button', { name: 'Iets toevoegen' }).click()
  await pick(ria, 'Een bespreekpunt')
  await ria.getByLabel('De woorden').fill('Mag de deur open?')
  await ria.getByRole('button', { name: 'Zet op het bord' }).click()
  await card(fatima, 'Mag de deur open?').waitFor()
  await fatima.clock.fastForward(11_000)
  await fatima.clock.fastForward(11_000)
  await expect.poll(() => fatima.locator('p[role=status].vh').allTextContents()).toEqual([''])
})

test('who takes a wish off a goal, or adds one, keeps the focus at what is left to choose', async () => {
  const fatima = await people.sit('Fatima')
  await fatima.getByRole('button', { name: /^Maak hier een doel van.*niet om zeven uur/ }).click()
  await fatima.waitForURL('**/doel/*')
  await fatima.getByText('Alles is bewaard').waitFor()
  const focused = () => fatima.evaluate(() => document.activeElement?.textContent.trim())
  await fatima.getByRole('button', { name: 'Kies wensen' }).press('Enter')
  const another = fatima.getByRole('button', { name: /^Wens erbij/ })
  const words = (await another.nth(1).textContent())!.trim()
  await another.first().press('Enter')
  await expect.poll(focused).toBe(words) // the next one that can be added
  const off = fatima.getByRole('button', { name: /^Hoort hier niet bij/ })
  await expect.poll(() => off.count()).toBe(2)
  const other = (await off.nth(1).textContent())!.trim()
  await off.first().press('Enter')
  await expect.poll(() => off.count()).toBe(1)
  await expect.poll(focused).toBe(other)
  await off.press('Enter')
  await fatima.getByText('Bij dit doel hoort nog geen wens.').waitFor()
  await expect.poll(focused).toBe('Klaar')
  await fatima.context().close()
})

test('a goal grows from a wish, is talked about, and is tried until a day', async () => {
  const [fatima, marjan] = [await people.sit('Fatima'), await people.sit('Marjan')]
  await fatima.getByRole('button', { name: /^Maak hier een doel van.*niet om zeven uur/ }).click()
  await fatima.waitForURL('**/doel/*')
  await fatima.getByText('Ik wil niet om zeven uur wakker').waitFor()
  await fatima.getByRole('textbox', { name: 'Waar gaan we voor?' }).fill('Ria slaapt uit.')
  await fatima.getByRole('button', { name: 'Kies wensen' }).click()
  await fatima.getByRole('button', { name: /^Wens erbij.*Ik wil elke dag even/ }).click()
  await fatima.getByRole('button', { name: 'Klaar', exact: true }).click()
  await fatima.getByRole('button', { name: 'Een afspraak erbij' }).click()
  await fatima
    .getByRole('textbox', { name: 'Afspraak 1: wat' })
    .fill('Het team maakt Ria om half negen wakker.')
  await fatima.getByText('Alles is bewaard').waitFor()

  await marjan.goto(fatima.url())
  await marjan.getByText('Alles is bewaard').waitFor()
  await marjan.getByRole('button', { name: 'Iets zeggen over dit doel' }).click()
  await pick(marjan, 'Iets vragen')
  await marjan.getByLabel('Uw woorden').fill('Krijgt zij dan haar pillen op tijd?')
  await marjan.getByRole('button', { name: 'Zeg dit' }).click()
  const question = fatima.getByRole('listitem').filter({ hasText: 'Krijgt zij dan haar pillen' })
  await question.getByRole('button', { name: /^Antwoord hierop/ }).click()
  await fatima.getByLabel('Uw woorden').fill('Ja, dokter Bakker vindt later ook goed.')
  await fatima.getByRole('button', { name: 'Zeg dit' }).click()
  await question.getByText('dokter Bakker vindt later ook goed').waitFor()
  await question.getByRole('button', { name: /^Dit is besproken/ }).click()
  await marjan.getByText('Vraag, is besproken').waitFor()

  await fatima.getByRole('button', { name: 'Klaar? Leg het voor' }).click()
  const dialog = fatima.getByRole('dialog')
  await dialog.getByLabel('We proberen dit eerst.').check()
  await dialog.getByText('Kies tot welke dag we dit proberen.').first().waitFor()
  const until = dayIn(60)
  await dialog.getByLabel('Tot welke dag?').fill(until)
  await dialog.getByText(`We proberen dit eerst, tot ${written(until)}.`).waitFor()
  expect(await violations(fatima)).toEqual([])
  const lay = dialog.getByRole('button', { name: 'Leg het voor' })
  await expect.poll(() => lay.getAttribute('aria-disabled')).toBe('false')
  await lay.click()
  await fatima.getByRole('heading', { name: 'Dit leggen we voor' }).waitFor()
  await marjan
    .getByText(`tot ${written(until)}`)
    .first()
    .waitFor()

  // on the board the wishes, the goal and who does what are one row
  await fatima.getByRole('link', { name: 'Het plan van Ria' }).click()
  const row = fatima.getByRole('region', { name: 'Ria slaapt uit.' })
  await row.getByText('Ik wil niet om zeven uur wakker').waitFor()
  await row.getByText('Komt ook van: Ik wil elke dag even naar buiten').waitFor() // that row is another goal’s
  await row.getByText('Het team maakt Ria om half negen wakker.').waitFor()
  expect(people.faults).toEqual([])
})

test('the board says who writes a goal now, its words follow, and what came from an earlier plan says so', async () => {
  const [fatima, marjan] = [await people.sit('Fatima'), await people.sit('Marjan')]
  const old = card(marjan, 'Is het veilig als Ria alleen naar de tuin loopt?')
  await old.getByText('overgenomen uit het vorige plan').waitFor()
  await marjan.getByRole('switch', { name: 'Wie schreef dit?' }).click()
  await old.getByText('Marjan · uit het vorige plan', { exact: true }).waitFor()
  await marjan.getByRole('switch', { name: 'Wie schreef dit?' }).click()

  await fatima.getByRole('button', { name: 'Nieuw doel' }).click()
  await fatima.getByRole('button', { name: 'Meedoen en mensen' }).click()
  await fatima.waitForURL('**/doel/*')
  await fatima.getByText('Alles is bewaard').waitFor()
  const id = fatima.url().split('/').at(-1)!
  await pick(fatima, 'Samen met Ria')
  await expect
    .poll(() => fatima.getByLabel('Hoe weten we dit?').inputValue())
    .toBe('own_words_supported')
  await fatima.getByRole('textbox', { name: 'Waar gaan we voor?' }).fill('Ria danst op vrijdag.')
  const goal = marjan.locator(`[data-goal="${id}"]`)
  await goal.getByText('Fatima schrijft nu').waitFor()
  await goal.getByText('Ria danst op vrijdag.').first().waitFor()
  await goal.getByText('Gezegd door Ria. Opgeschreven door Fatima.').waitFor()
  await expect.poll(() => goal.getByText('schrijft nu').count()).toBe(0)
})

test('of what was taken over the day is said, and no hour', async () => {
  const page = await people.sit('Fatima')
  await page.getByRole('link', { name: /^Bekijk: Ria loopt voor 1 september/ }).click()
  await page.getByText(/^\d+\sjuni\s2026,\s+uit een eerder plan$/).waitFor()
  const joost = page.getByRole('listitem').filter({ hasText: 'fysiotherapeut' })
  await joost.getByText('uit een eerder plan', { exact: true }).waitFor()
  await expect
    .poll(() => page.getByRole('region', { name: 'Wie zei wat?' }).innerText())
    .not.toContain('uur')
  await page.getByRole('link', { name: /^Bewijs/ }).click()
  const text = page.getByRole('region', { name: 'Tekst 1' })
  await text
    .getByText(/^Overgenomen uit een eerder plan op/)
    .first()
    .waitFor()
  await expect.poll(() => text.innerText()).not.toContain('uur')
  await page.goto(page.url().replace(/\/doel\/.*/, '/terugkijken'))
  await page.getByRole('link', { name: /^Ria loopt voor 1 september/ }).click()
  const yes = page.getByRole('listitem').filter({ hasText: /Joost antwoordde: ja/ })
  await yes.getByText(/Dit kwam mee uit een eerder plan\.$/).waitFor()
  expect(people.faults).toEqual([])
})

test('looking back, the name of who wrote lies under the words and not over them', async () => {
  const page = await people.sit('Fatima')
  await page.getByRole('button', { name: 'Iets toevoegen' }).click()
  await pick(page, 'Een bespreekpunt')
  await page.getByLabel('De woorden').fill('Kan Ria naar de kapper?')
  await page.getByRole('button', { name: 'Zet op het bord' }).click()
  await card(page, 'naar de kapper').waitFor()
  await page.getByText('Alles is bewaard').waitFor()
  await page.getByRole('link', { name: 'Terugkijken' }).click()
  const words = page.locator('article .by').first()
  await words.waitFor()
  const overlap = await words.evaluate((one) => {
    const range = document.createRange()
    range.selectNode(one.lastChild!)
    const name = one.querySelector('[aria-hidden] span')!.getBoundingClientRect()
    return range.getBoundingClientRect().bottom - name.top
  })
  expect(overlap).toBeLessThan(3)
})

test('the client reads the plain words; those of the care are hers to open', async () => {
  const [ria, fatima] = [await people.sit('Ria Hofland'), await people.sit('Fatima')]
  const open = async (page: Page) => {
    await page.getByRole('link', { name: /^Bekijk: Ria loopt voor 1 september/ }).click()
    await page.getByRole('heading', { name: 'Dit is afgesproken' }).waitFor()
  }
  await open(fatima)
  await fatima.getByText('Cliënt loopt per 01-09').waitFor()
  await open(ria)
  await expect.poll(() => ria.getByText('Cliënt loopt per 01-09').isVisible()).toBe(false)
  await ria.getByText('Hetzelfde in woorden voor de zorg').click()
  await ria.getByText('Cliënt loopt per 01-09').waitFor()
})

test('on a phone arrow keys go through who says it, and the hand is never lost', async () => {
  const page = await people.sit('Fatima', PHONE)
  await page.getByRole('button', { name: 'Nieuw doel' }).click()
  await page.getByRole('button', { name: 'Meedoen en mensen' }).click()
  await page.waitForURL('**/doel/*')
  await page.getByText('Alles is bewaard').first().waitFor()
  const picker = page.getByRole('group', { name: 'Wie zegt dit?' })
  const who = picker.locator('button[aria-expanded]')
  await who.focus()
  await page.keyboard.press('Enter')
  await picker.getByRole('radio').first().focus()
  const held = () => page.evaluate(() => (document.activeElement as HTMLInputElement).checked)
  for (const nr of [1, 2]) {
    await page.keyboard.press('ArrowDown')
    expect(await picker.getByRole('radio').nth(nr).isChecked()).toBe(true)
    expect(await held()).toBe(true)
  }
  await picker.locator('label', { hasText: 'Marjan' }).click() // a tap chooses, and is the end of it
  await expect.poll(() => who.getAttribute('aria-expanded')).toBe('false')
  expect(await who.evaluate((one) => one === document.activeElement)).toBe(true)
  expect(await who.innerText()).toContain('Marjan')
})
