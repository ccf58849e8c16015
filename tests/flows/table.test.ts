import { expect, test } from 'vitest'
import type { Page } from 'playwright'
import { WebSocket } from 'ws'
import { WebsocketProvider } from 'y-websocket'
import * as Y from 'yjs'
import { afterAll, beforeAll } from '../anew.ts'
import { PHONE, screens, TABLET, type Screens } from '../browser.ts'
import { caller, folder, start, type Running } from '../process.ts'
import { until } from '../table.ts'

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
const saved = (page: Page) => page.getByText('Alles is bewaard').waitFor()

async function newGoal(page: Page): Promise<string> {
  await page.getByRole('button', { name: 'Nieuw doel' }).click()
  await page.getByRole('button', { name: 'Wonen en mijn dag' }).click()
  await page.waitForURL('**/doel/*')
  await words(page).waitFor()
  return page.url()
}

async function sayYes(page: Page): Promise<void> {
  await page.getByRole('button', { name: /^Ja/ }).click()
  await page.getByRole('button', { name: /Goed zo/ }).click()
}

test('client, daughter and nurse write a goal together, agree on it, and it is locked for all', async () => {
  const fatima = await people.sit('Fatima')
  const marjan = await people.sit('Marjan', PHONE)
  const ria = await people.sit('Ria Hofland', TABLET)
  const url = await newGoal(fatima)
  await Promise.all([marjan.goto(url), ria.goto(url)])
  await words(fatima).click()
  await fatima.keyboard.type('Ria zit elke middag op het balkon.')
  await expect.poll(() => words(marjan).inputValue()).toBe('Ria zit elke middag op het balkon.')
  await words(marjan).click()
  await marjan.keyboard.press('Control+End')
  await marjan.keyboard.type(' Soms met Marjan.')
  await expect
    .poll(() => words(ria).inputValue())
    .toBe('Ria zit elke middag op het balkon. Soms met Marjan.')

  // every stretch with its writer
  const stretches = ria
    .getByRole('list', { name: 'Wie schreef dit?' })
    .first()
    .getByRole('listitem')
  await expect
    .poll(() => stretches.allTextContents())
    .toEqual(['Fatima: Ria zit elke middag op het balkon.', 'Marjan:  Soms met Marjan.'])

  // undo takes back one's own words only
  const press = async (keys: string, until: string) => {
    // letters typed with a pause between them are taken back apart
    for (let n = 0; n < 40 && (await words(fatima).inputValue()) !== until; n++)
      await fatima.keyboard.press(keys)
    await expect.poll(() => words(marjan).inputValue()).toBe(until)
  }
  await press('Control+z', ' Soms met Marjan.')
  await press('Control+Shift+z', 'Ria zit elke middag op het balkon. Soms met Marjan.')
  await saved(fatima)

  await fatima.getByRole('button', { name: 'Klaar? Leg het voor' }).click()
  await fatima.getByRole('checkbox', { name: /Marjan/ }).check()
  await fatima.getByRole('button', { name: 'Leg het voor', exact: true }).click()
  for (const page of [fatima, marjan, ria])
    await page.getByRole('button', { name: /^Ja/ }).waitFor()
  await sayYes(ria)
  await sayYes(marjan)
  await sayYes(fatima)
  for (const page of [fatima, marjan, ria])
    await page
      .getByText(/^Afgesproken/)
      .first()
      .waitFor()
  for (const page of [fatima, marjan, ria]) await expect.poll(() => words(page).count()).toBe(0)
  expect(people.faults).toEqual([])
})

test('a keystroke after the lock changes nothing anywhere, and its writer keeps the words', async () => {
  const fatima = await people.sit('Fatima')
  const marjan = await people.sit('Marjan')
  const url = await newGoal(fatima)
  await words(fatima).click()
  await fatima.keyboard.type('Ria eet mee in het restaurant.')
  await saved(fatima)
  await marjan.goto(url)
  await expect.poll(() => words(marjan).inputValue()).toBe('Ria eet mee in het restaurant.')
  await marjan.context().setOffline(true)
  await words(marjan).click()
  await marjan.keyboard.press('Control+End')
  await marjan.keyboard.type(' Elke dag.')
  await fatima.getByRole('button', { name: 'Klaar? Leg het voor' }).click()
  await fatima.getByRole('button', { name: 'Leg het voor', exact: true }).click()
  await fatima.getByRole('button', { name: /^Ja/ }).waitFor()
  await marjan.context().setOffline(false)
  await marjan.getByText('Uw tekst is niet weg').waitFor()
  await expect
    .poll(() => marjan.textContent('main'))
    .toContain('Ria eet mee in het restaurant. Elke dag.')
  const goalId = url.split('/').at(-1)!
  const api = await caller(server.base, 'fatima@plan-01.example')
  const goal = (await api.call('GET', `/api/goals/${goalId}`)).body as {
    words: { plainText: string }
  }
  expect(goal.words.plainText).toBe('Ria eet mee in het restaurant.')
  await marjan.getByRole('button', { name: /[Ss]tuur als voorstel/ }).click()
  await expect
    .poll(
      async () =>
        ((await api.call('GET', `/api/goals/${goalId}`)).body as { proposals: unknown[] }).proposals
          .length,
    )
    .toBe(1)
})

test('an unmodified y-websocket provider with a cookie writes along, and a kill loses nothing', async () => {
  const fatima = await people.sit('Fatima')
  const url = await newGoal(fatima)
  const goalId = url.split('/').at(-1)!
  const joost = await caller(server.base, 'joost@plan-01.example')
  const { documentId } = (await joost.call('GET', `/api/goals/${goalId}`)).body as {
    documentId: string
  }
  class WithCookie extends WebSocket {
    constructor(address: string | URL) {
      super(address, { headers: { cookie: joost.cookie } })
    }
  }
  const doc = new Y.Doc()
  const connect = () =>
    new WebsocketProvider(`${server.base.replace('http', 'ws')}/sync`, documentId, doc, {
      WebSocketPolyfill: WithCookie as never,
      disableBc: true,
    })
  let provider = connect()
  await new Promise<void>((done) => provider.on('sync', (is) => is && done()))
  const text = () => doc.getMap('goal').get('plainText') as Y.Text
  text().insert(0, 'Joost oefent mee.')
  await expect.poll(() => words(fatima).inputValue()).toBe('Joost oefent mee.')
  await words(fatima).click()
  await fatima.keyboard.press('Control+End')
  await fatima.keyboard.type(' Fatima ook.')
  await until(() => text().toString() === 'Joost oefent mee. Fatima ook.')
  await saved(fatima)

  const port = new URL(server.base).port
  await server.kill()
  await fatima.getByText('Geen internet').first().waitFor()
  await fatima.keyboard.type(' Elke dinsdag.')
  server = await start({ DATA_DIR: place.path, PORT: port })
  provider.destroy()
  provider = connect()
  await until(() => text().toString() === 'Joost oefent mee. Fatima ook. Elke dinsdag.')
  await saved(fatima)
  provider.destroy()
})

test('the board can be read before any script runs', async () => {
  const { cookie } = await caller(server.base, 'ria@plan-01.example')
  const html = await (await fetch(`${server.base}/plan/plan-01`, { headers: { cookie } })).text()
  for (const shown of [
    'Ik had dertig jaar een bloemenwinkel',
    'Ik wil elke dag even naar buiten',
    'Het lopen gaat beter',
    'Ria maakt elke donderdag',
    'Joost oefent elke dinsdag',
  ]) {
    expect(html).toContain(shown)
  }
})

test('a card is added, changed by two at once, moved and taken away', async () => {
  const fatima = await people.sit('Fatima')
  const marjan = await people.sit('Marjan')
  await fatima.getByRole('button', { name: 'Iets toevoegen' }).click()
  await fatima.getByRole('radio', { name: 'Een bespreekpunt' }).check({ force: true })
  await fatima.getByRole('textbox', { name: 'De woorden' }).fill('Kan Ria naar de kapper?')
  await fatima.getByRole('button', { name: 'Zet op het bord' }).click()
  const card = (page: Page) => page.locator('[data-card]').filter({ hasText: 'naar de kapper' })
  await card(marjan).waitFor()
  await expect.poll(() => card(marjan).textContent()).toContain('Mening van zorgverlener')
  for (const page of [fatima, marjan]) {
    await card(page).getByRole('button', { name: /^Meer/ }).click()
    await page.getByRole('menuitem', { name: 'Wijzig de tekst' }).click()
  }
  const field = (page: Page) => page.getByRole('textbox', { name: /^Tekst van de kaart/ })
  await field(marjan).click()
  await marjan.keyboard.press('Control+End')
  await marjan.keyboard.type(' Elke maand.')
  await expect.poll(() => field(fatima).inputValue()).toBe('Kan Ria naar de kapper? Elke maand.')
  await fatima.getByText('Marjan schrijft nu').first().waitFor()
  for (const page of [fatima, marjan])
    await page.getByRole('button', { name: 'Klaar', exact: true }).click()
  await card(fatima).getByRole('button', { name: /^Meer/ }).click()
  await fatima.getByRole('menuitem', { name: 'Haal weg' }).click()
  await fatima.getByRole('button', { name: 'Haal weg' }).click()
  await card(marjan).waitFor({ state: 'detached' })
})

test('words of the client stay hers: another’s change comes beside them', async () => {
  const fatima = await people.sit('Fatima')
  const marjan = await people.sit('Marjan')
  await fatima.getByRole('button', { name: 'Iets toevoegen' }).click()
  await fatima.getByRole('textbox', { name: 'De woorden' }).fill('Ik wil graag naar de kapper.')
  await fatima.getByRole('radio', { name: 'Ria', exact: true }).check({ force: true })
  await fatima.getByRole('button', { name: 'Zet op het bord' }).click()
  const card = marjan.locator('[data-card]').filter({ hasText: 'graag naar de kapper' }).first()
  await card.waitFor()
  await expect.poll(() => card.textContent()).toContain('opgeschreven door Fatima')
  await card.getByRole('button', { name: /^Meer/ }).click()
  await expect.poll(() => marjan.getByRole('menuitem', { name: 'Wijzig de tekst' }).count()).toBe(0)
  await marjan.getByRole('menuitem', { name: 'Schrijf een verbetering ernaast' }).click()
  await marjan.getByRole('textbox', { name: 'De woorden' }).fill('Alleen bij kapper Annie.')
  await marjan.getByRole('button', { name: 'Zet op het bord' }).click()
  const hers = fatima.locator('[data-card]').filter({ hasText: 'graag naar de kapper' }).first()
  await hers.getByText('Alleen bij kapper Annie.').waitFor()
  await expect.poll(() => hers.textContent()).toContain('Ik wil graag naar de kapper.')
  // who wrote them down can still set right a slip of the pen
  await hers.getByRole('button', { name: /^Meer/ }).first().click()
  await fatima.getByRole('menuitem', { name: 'Wijzig de tekst' }).waitFor()
})
