/**
 * A whole meeting: a chair at a laptop, a tablet that is handed over to the client, two phones under
 * fingers, somebody without a screen, and a big screen that is nobody. The chair's connection is cut
 * in the middle, and the server is killed.
 */
import { expect, test } from 'vitest'
import type { Page } from 'playwright'
import { afterAll, beforeAll } from '../anew.ts'
import { LAPTOP, PHONE, screens, TABLET, TELEVISION, violations, type Screens } from '../browser.ts'
import { dayIn } from '../days.ts'
import { folder, start, type Running } from '../process.ts'
import { finger, heading, seated, tap } from '../touch.ts'

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

const meetingPage = () => `${server.base}/plan/plan-01/gesprek`
const press = (page: Page, name: string | RegExp) =>
  page.getByRole('button', { name, exact: typeof name === 'string' }).click()

async function bigScreen(distance = '4', still = false): Promise<Page> {
  const context = await people.browser.newContext({
    viewport: TELEVISION,
    locale: 'nl-NL',
    reducedMotion: still ? 'reduce' : 'no-preference',
  })
  const page = await context.newPage()
  page.on('pageerror', (error) => people.faults.push(`screen: ${error.message}`))
  await page.goto(`${server.base}/scherm?afstand=${distance}`)
  await page.locator('.wait__code').waitFor()
  return page
}
const lettersOf = async (screen: Page) =>
  (await screen.locator('.wait__code').textContent())!.replaceAll(/\s/g, '')

/** Every text on the screen: the smallest letter as a share of the width, and what is not whole. */
const measured = (screen: Page) =>
  screen.evaluate(() => {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    let smallest = Infinity
    while (walker.nextNode()) {
      const parent = walker.currentNode.parentElement
      if (!parent || walker.currentNode.textContent!.trim() === '') continue
      // signs are pictures of a name that stands beside them; hidden words are for a screen reader
      if (parent.closest('.vh, .sign') || parent.getClientRects().length === 0) continue
      smallest = Math.min(smallest, parseFloat(getComputedStyle(parent).fontSize))
    }
    const cut: string[] = []
    for (const part of document.querySelectorAll('main, main [data-whole], .tv__agenda, footer')) {
      const box = part.getBoundingClientRect()
      for (const inner of part.querySelectorAll('*:not(.vh)')) {
        const { width, bottom, right } = inner.getBoundingClientRect()
        const out = bottom > box.bottom + 1 || right > box.right + 1 || bottom > innerHeight + 1
        if (width > 0 && out) cut.push(inner.className.toString())
      }
    }
    const root = document.documentElement
    if (root.scrollHeight > innerHeight || root.scrollWidth > innerWidth) cut.push('page')
    return { share: (100 * smallest) / innerWidth, cut }
  })

async function readable(screen: Page): Promise<void> {
  await screen.evaluate(() => document.fonts.ready)
  await expect.poll(async () => (await measured(screen)).cut).toEqual([])
  expect((await measured(screen)).share).toBeGreaterThanOrEqual(2.199)
}

async function yes(page: Page): Promise<void> {
  await press(page, /^Ja/)
  await press(page, /Goed zo/)
}
async function yesByTaps(page: Page): Promise<void> {
  await tap(page, /^Ja/)
  await tap(page, /Goed zo/)
}

/** Somebody's own screen that is only tapped, at the talk. */
async function tapping(key: string, size: typeof PHONE): Promise<Page> {
  const page = await finger(people, size)
  await seated(page, server.base, `${key}@plan-01.example`)
  await page.goto(meetingPage())
  return page
}
const row = (screen: Page, name: string) => screen.locator('.party', { hasText: name })

test('a meeting goes from its plan to its end, whatever breaks on the way', async () => {
  const fatima = await people.sit('Fatima', LAPTOP)
  await fatima.goto(meetingPage())
  await fatima.getByLabel('Welke dag?').fill(dayIn(14))
  await fatima.getByLabel('Waar?').fill('Huiskamer')
  await press(fatima, 'Plan het gesprek')
  await fatima.getByRole('button', { name: 'Begin het gesprek' }).waitFor()
  expect(await violations(fatima)).toEqual([])

  // the screen is let in by its letters
  let screen = await bigScreen('4', true)
  expect(await violations(screen)).toEqual([])
  await fatima.getByLabel('De zes letters').fill('aaaaaa')
  await press(fatima, 'Laat zien')
  await fatima.getByText('Deze code klopt niet').waitFor()
  await fatima.getByLabel('De zes letters').fill(await lettersOf(screen))
  await press(fatima, 'Laat zien')
  await screen.getByText('Welkom bij het gesprek met Ria').waitFor()

  const marjan = await tapping('marjan', PHONE)
  const bakker = await tapping('bakker', PHONE)
  await marjan.goto(`${server.base}/plan/plan-01`)
  await press(fatima, 'Begin het gesprek')
  await marjan.getByText('Fatima is nu bij: Welkom').waitFor()
  // Ria sits at the table, and Joost, who has no screen with him
  for (const who of ['Ria', 'Joost'])
    await fatima.getByLabel(`Is ${who} erbij?`).selectOption('is hier')
  await screen.getByLabel('Wie is er?').getByText('Joost').waitFor()
  await screen.getByLabel('Wie is er?').getByText('Marjan').waitFor()
  expect(await violations(fatima)).toEqual([])
  expect(await violations(screen)).toEqual([])
  await readable(screen)
  await press(fatima, 'Volgend punt')
  await screen.getByText('bloemenwinkel').waitFor()
  await readable(screen)

  // people look back at a goal where it stands on the agenda, with Ria's own words
  await press(fatima, 'Volgend punt')
  const went = fatima.getByRole('region', { name: 'Hoe ging het?' })
  await went.getByRole('radio', { name: 'Bijna' }).check({ force: true })
  await press(fatima, 'Bewaar dit')
  await went
    .getByText(/Schrijf/)
    .first()
    .waitFor()
  await went.getByLabel('Wat zegt Ria zelf?').fill('Naar de rozen lukt al.')
  expect(await violations(fatima)).toEqual([])
  await press(fatima, 'Bewaar dit')
  await went.getByRole('status').getByText('Bijna').waitFor()
  await went.getByText('Naar de rozen lukt al.').waitFor()
  await bakker.getByText('Naar de rozen lukt al.').waitFor()

  // what the chair points at is ringed on their own page, on the phones and on the screen
  const agreed = await fatima.locator('.on .words__goal').textContent()
  await press(fatima, 'Wijs aan')
  for (const page of [fatima, bakker, screen])
    await page.locator('[data-pointed="true"]', { hasText: agreed! }).waitFor()
  await bakker.getByText(`Fatima wijst aan: ${agreed}`).waitFor()
  await readable(screen)
  await press(fatima, 'Niet meer aanwijzen')
  for (const page of [fatima, bakker, screen])
    await page.locator('[data-pointed="true"]').waitFor({ state: 'detached' })

  // hands stand in order, on every screen
  await tap(marjan, 'Iets zeggen')
  await screen.getByText('Marjan wil iets zeggen').waitFor()
  await tap(bakker, 'Ik wil iets zeggen')
  await screen.getByText('Marjan en dokter Bakker willen iets zeggen').waitFor()
  await readable(screen) // also with what is said below it

  // a goal is written, put on the table, and shown in finished phrases
  await fatima.goto(`${server.base}/plan/plan-01`)
  await press(fatima, 'Nieuw doel')
  await press(fatima, /^Wonen en mijn dag/)
  await fatima.waitForURL('**/doel/*')
  const url = fatima.url()
  const words = fatima.getByRole('textbox', { name: 'Waar gaan we voor?' })
  await words.click()
  await press(fatima, 'Zet dit doel op tafel')
  await screen.getByText('Een nieuw doel').waitFor()
  await words.click()
  await fatima.keyboard.type('Ria zit elke middag op het balkon.')
  await screen.getByRole('heading', { name: 'Ria zit elke middag op het balkon.' }).waitFor()
  await readable(screen)
  await marjan.getByText(/Fatima is nu bij/).waitFor()
  await tap(marjan, 'Ga mee')
  await marjan.waitForURL(url)

  // a draft is pointed at as well: its field has the ring, and keeps it while the words change
  const on = await people.sit('Fatima', LAPTOP)
  await on.goto(meetingPage())
  await press(on, 'Wijs aan')
  for (const page of [fatima, marjan])
    await page.locator('[data-part=what][data-pointed="true"]').waitFor()
  await screen.locator('.sheet__goal[data-pointed="true"]').waitFor()
  await words.click()
  await fatima.keyboard.press('End')
  await fatima.keyboard.type(' Met koffie.')
  await screen.getByRole('heading', { name: 'op het balkon. Met koffie.' }).waitFor()
  await expect
    .poll(() => marjan.locator('[data-part=what]').getAttribute('data-pointed'))
    .toBe('true')
  await screen.locator('.sheet__goal[data-pointed="true"]').waitFor()
  for (let left = ' Met koffie.'.length; left > 0; left--) await fatima.keyboard.press('Backspace')
  await press(on, 'Niet meer aanwijzen')
  await fatima.locator('[data-pointed="true"]').waitFor({ state: 'detached' })
  await on.context().close()
  await screen.getByRole('heading', { name: 'Ria zit elke middag op het balkon.' }).waitFor()
  await screen.getByLabel('Waar zijn we in het gesprek').getByText('Ria zit elke').waitFor()

  // the chair's laptop dies: item, order and hands stay, and nobody else leads
  await fatima.context().close()
  await screen.getByText('Fatima is even weg. Het gesprek blijft bewaard.').waitFor()
  await screen.getByRole('heading', { name: 'Ria zit elke middag op het balkon.' }).waitFor()
  await bakker.getByText('Fatima is even weg').first().waitFor()
  await expect.poll(() => bakker.getByRole('button', { name: 'Volgend punt' }).count()).toBe(0)
  expect(await violations(bakker)).toEqual([])
  await tap(bakker, 'Neem het gesprek over')
  await tap(bakker, 'Neem het over')
  await bakker.getByRole('button', { name: 'Volgend punt' }).waitFor()

  // she comes back on another device and takes it back
  const again = await people.sit('Fatima', LAPTOP)
  await again.goto(meetingPage())
  await press(again, 'Weer overnemen')
  await press(again, 'Neem het over')
  await again.getByRole('button', { name: 'Volgend punt' }).waitFor()
  await bakker.getByRole('button', { name: 'Volgend punt' }).waitFor({ state: 'detached' })

  // the words are laid before people, the client first
  await again.goto(url)
  await press(again, 'Klaar? Leg het voor')
  await again.getByRole('checkbox', { name: /Marjan/ }).check()
  await again.getByRole('checkbox', { name: /Joost/ }).check()
  await press(again, 'Leg het voor')
  await screen.getByText('Zegt u hier ja tegen?').waitFor()
  await expect
    .poll(() => screen.locator('.party__name').allTextContents())
    .toEqual(['Ria', 'Marjan', 'Fatima', 'Joost'])
  // whoever has the text open reads; Joost, who has no screen, and Ria do not yet
  await row(screen, 'Marjan').getByText('leest nu').waitFor()
  await again.locator('.party', { hasText: 'Marjan' }).getByText('leest nu').waitFor()
  await row(screen, 'Joost').getByText('nog geen antwoord').waitFor()
  await row(screen, 'Ria').getByText('nog geen antwoord').waitFor()
  await readable(screen)
  expect(await violations(screen)).toEqual([])
  expect(await violations(again)).toEqual([])

  // Fatima hands the tablet over: Ria reads, at her own pace, and taps her yes
  const tablet = await finger(people, TABLET)
  await seated(tablet, server.base, 'fatima@plan-01.example')
  await tablet.goto(url)
  await tap(tablet, 'Geef aan Ria')
  await tablet.waitForURL(/\/klant\/plan-01\?doel=/)
  await heading(tablet, 'Dag Ria.')
  await tap(tablet, 'Verder')
  await tablet.getByText('Ria zit elke middag op het balkon.').waitFor()
  await row(screen, 'Ria').getByText('leest nu').waitFor()
  await tap(tablet, 'Verder')
  await tap(tablet, 'Ja, dat klopt')
  await tap(tablet, 'Goed zo')
  await heading(tablet, 'Uw ja is aangekomen.')
  await row(screen, 'Ria').getByText('ja', { exact: true }).waitFor()
  await tablet.goto(meetingPage())
  expect(new URL(tablet.url()).pathname).toBe('/klant/plan-01') // it opens nothing else

  // Joost says it aloud: what he said, and who else heard it
  await again.goto(meetingPage())
  await press(again, 'Joost zegt het hardop')
  const aloud = again.getByRole('dialog')
  await aloud.getByText('Joost, zegt u hier ja tegen?').waitFor()
  expect(await violations(again)).toEqual([])
  await aloud.getByRole('button', { name: 'Schrijf dit op' }).click()
  await aloud.getByText('Kies wat Joost zei.').waitFor()
  await aloud.getByRole('radio', { name: 'ja', exact: true }).check()
  await aloud.getByRole('button', { name: 'Schrijf dit op' }).click()
  await aloud.getByText('Kies twee mensen die het hoorden.').waitFor()
  await aloud.getByRole('checkbox', { name: /dokter Bakker/ }).check()
  await aloud.getByRole('button', { name: 'Schrijf dit op' }).click()
  await aloud.getByText('Kies twee mensen die het hoorden.').waitFor() // one is not enough
  await aloud.getByRole('checkbox', { name: /Fatima/ }).check()
  await aloud.getByRole('button', { name: 'Schrijf dit op' }).click()
  await row(screen, 'Joost').getByText('ja', { exact: true }).waitFor()
  await again.goto(url)
  await again
    .getByText(/hardop gezegd · opgeschreven door Fatima · gehoord door Fatima en dokter Bakker/)
    .waitFor()

  // the server dies: frozen words, answers, item and hands are there when it is back
  const port = new URL(server.base).port
  await server.kill()
  await screen.getByText('Even geen verbinding').waitFor()
  server = await start({ DATA_DIR: place.path, PORT: port })
  await screen.getByText('Even geen verbinding').waitFor({ state: 'detached' })
  await row(screen, 'Ria').getByText('ja', { exact: true }).waitFor()
  await screen
    .getByText(/Marjan.*wil/)
    .first()
    .waitFor()

  // the screen itself is replaced: the address opened anew, on another device
  await screen.context().close()
  screen = await bigScreen('5')
  await again.goto(meetingPage())
  await again.getByLabel('De zes letters').fill(await lettersOf(screen))
  await press(again, 'Laat zien')
  await row(screen, 'Ria').getByText('ja', { exact: true }).waitFor()
  await readable(screen)

  // a no is a normal answer; then everyone has said yes, and it is agreed on every screen
  await again.goto(url)
  await yes(again)
  await marjan.reload()
  await yesByTaps(marjan)
  await screen.getByText('Afgesproken', { exact: true }).waitFor()
  await screen.getByText('Iedereen zei ja tegen deze tekst.').waitFor()
  await readable(screen)
  expect(await violations(screen)).toEqual([])

  await again.goto(meetingPage())
  await press(again, 'Rond het gesprek af')
  await press(again, 'Rond af')
  await again.getByText('Het gesprek is klaar').waitFor()
  await screen.getByText('Dit is afgesproken').waitFor()
  await screen.getByText('Ria zit elke middag op het balkon.').waitFor()
  expect(await violations(again)).toEqual([])

  // the report is made from what happened; it is corrected with marks, and set
  await again.getByRole('link', { name: 'Lees het verslag' }).click()
  await again
    .getByRole('heading', { name: 'Wie doet wat?' })
    .or(again.getByText('Dit is afgesproken'))
    .first()
    .waitFor()
  const back = again.getByRole('region', { name: 'Samen teruggekeken' })
  await back.getByText('Naar de rozen lukt al.').waitFor()
  await expect.poll(() => back.textContent()).toMatch(/Bijna.*Ria zegt:.*Opgeschreven door Fatima/s)
  await press(again, /^Vul aan: Verder gezegd/)
  await again.getByRole('textbox', { name: 'Verder gezegd' }).fill('De stoel staat al klaar.')
  await press(again, 'Zet in het verslag')
  await again.getByText('aangevuld door Fatima').waitFor()
  await press(again, 'Vraag het aan Ria')
  for (const face of await again.getByRole('radio', { name: 'ja' }).all())
    await face.check({ force: true })
  await press(again, 'Stuur mijn antwoord')
  await again.getByText('Kon u zeggen wat u wilde?').first().waitFor()
  expect(await violations(again)).toEqual([])
  await press(again, 'Stel het verslag vast')
  await again.getByRole('dialog').getByRole('button', { name: 'Stel het verslag vast' }).click()
  await again.getByText('Vastgesteld door Fatima').waitFor()
  await screen.getByText('Dit is het grote scherm').waitFor()
  await marjan.goto(again.url())
  await marjan.getByText('De stoel staat al klaar.').waitFor()
  // who was there by a screen, by what the chair said, or on a phone; and points in full
  const there = marjan.getByRole('region', { name: 'Aan tafel', exact: true })
  for (const who of ['Ria', 'Joost', 'Fatima', 'dokter Bakker'])
    await there.getByText(who).waitFor()
  await marjan.getByRole('region', { name: 'Op afstand' }).getByText('Marjan').waitFor()
  await expect.poll(() => marjan.locator('article').textContent()).not.toContain('…')
  await expect.poll(() => marjan.getByRole('button', { name: /^Vul aan/ }).count()).toBe(0)
  expect(people.faults).toEqual([])
}, 240_000)
