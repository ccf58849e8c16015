/** Preparing a meeting: what was handed in and is said otherwise later. */
import { expect, test } from 'vitest'
import { cardText, readCards } from '#live/documents.ts'
import { afterAll, beforeAll } from '../anew.ts'
import { LAPTOP, PHONE, screens, TABLET, type Screens } from '../browser.ts'
import { meetingOf } from '../meetings.ts'
import { caller, start, type Caller, type Running } from '../process.ts'
import { Pen } from '../table.ts'

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

/** An empty page of somebody's. */
async function pageOf(who: Caller) {
  const context = await people.browser.newContext({ viewport: LAPTOP, locale: 'nl-NL' })
  const [name, value] = who.cookie.split('=') as [string, string]
  await context.addCookies([{ name, value, url: server.base }])
  return context.newPage()
}
async function at(who: Caller, path: string) {
  const page = await pageOf(who)
  await page.goto(`${server.base}${path}`)
  await page.waitForLoadState('networkidle')
  return page
}
const everybody = async (who: Caller) => {
  const { body } = await who.call('GET', '/api/plans/plan-01')
  return (body as { people: { id: string }[] }).people.map(({ id }) => id)
}

test('a card follows what is handed in anew; what somebody else wrote in stays, with the new words beside it', async () => {
  const [joost, fatima] = (await Promise.all(
    ['joost', 'fatima'].map((key) => caller(server.base, `${key}@plan-01.example`)),
  )) as [Caller, Caller]
  const { body } = await fatima.call('GET', '/api/plans/plan-01')
  await meetingOf(fatima, 'plan-01', await everybody(fatima))

  const page = await at(joost, '/plan/plan-01/voorbereiden')
  const next = page.getByRole('button', { name: 'Verder' })
  const handIn = async (text: string) => {
    await next.click() // looking back: nothing to say
    await page.getByRole('textbox').fill(text)
    await next.click()
    await page.getByRole('button', { name: 'Lever in' }).click()
    await page.getByRole('link', { name: 'Kijk op het bord' }).waitFor()
  }
  await handIn('De trap op lukt niet.')
  const board = await at(fatima, '/plan/plan-01')
  const card = (text: string) => board.locator('[data-card]').filter({ hasText: text })
  await card('De trap op lukt niet.').waitFor()

  const again = page.getByRole('button', { name: 'Ik wil iets veranderen of erbij zetten' })
  await again.click()
  await handIn('De trap op lukt een beetje.')
  await card('De trap op lukt een beetje.').waitFor()
  await expect.poll(() => card('De trap op lukt').count()).toBe(1)

  const { documents } = body as { documents: { id: string; kind: string; zone: string }[] }
  const shared = documents.find(({ kind, zone }) => kind === 'board' && zone === 'shared')!.id
  const pen = await new Pen(server.base.replace('http', 'ws'), shared, fatima.cookie).synced()
  const laid = readCards(pen.doc).find(({ id }) =>
    cardText(pen.doc, id)!.toString().includes('trap'),
  )
  cardText(pen.doc, laid!.id)!.insert(0, 'Samen: ')
  await pen.stored()
  pen.close()
  await page.reload()
  await again.click()
  await handIn('De trap op lukt nu goed.')
  await card('De trap op lukt nu goed.').waitFor()
  await card('Samen: De trap op lukt een beetje.').waitFor()
  await Promise.all([page, board].map((one) => one.context().close()))
})

test('what one writes on the board after handing in stands, whatever is handed in again', async () => {
  const [joost, fatima] = (await Promise.all(
    ['joost', 'fatima'].map((key) => caller(server.base, `${key}@plan-01.example`)),
  )) as [Caller, Caller]
  const { body } = await fatima.call('GET', '/api/plans/plan-01')
  await meetingOf(fatima, 'plan-01', await everybody(fatima))
  const { documents } = body as { documents: { id: string; kind: string; zone: string }[] }
  const shared = documents.find(({ kind, zone }) => kind === 'board' && zone === 'shared')!.id
  const pen = await new Pen(server.base.replace('http', 'ws'), shared, joost.cookie).synced()
  const texts = () =>
    readCards(pen.doc)
      .map(({ id }) => cardText(pen.doc, id)!.toString())
      .filter((text) => /te hoog|Buiten loopt/.test(text))
      .sort()

  const page = await at(joost, '/plan/plan-01/voorbereiden')
  const next = page.getByRole('button', { name: 'Verder' })
  const handIn = async (text?: string) => {
    await next.click() // looking back: nothing to say
    if (text !== undefined) await page.getByRole('textbox').fill(text)
    await next.click()
    await page.getByRole('button', { name: 'Lever in' }).click()
    await page.getByRole('link', { name: 'Kijk op het bord' }).waitFor()
  }
  await handIn('De rollator is te hoog.')
  await expect.poll(texts).toEqual(['De rollator is te hoog.'])
  const { id } = readCards(pen.doc).find((one) =>
    cardText(pen.doc, one.id)!.toString().includes('te hoog'),
  )!
  const words = cardText(pen.doc, id)!
  words.insert(words.length, ' Hij is nu lager gezet.')
  await pen.stored()

  const again = page.getByRole('button', { name: 'Ik wil iets veranderen of erbij zetten' })
  await page.reload()
  await again.click()
  await handIn() // the form still says the words of before
  const stands = 'De rollator is te hoog. Hij is nu lager gezet.'
  expect(texts()).toEqual([stands])
  await again.click()
  await handIn('Buiten loopt zij met een stok.')
  await expect.poll(texts).toEqual(['Buiten loopt zij met een stok.', stands])
  await page.reload()
  await again.click()
  await handIn('Buiten loopt zij los.') // and this card follows, for nobody changed it
  await expect.poll(texts).toEqual(['Buiten loopt zij los.', stands])
  await again.click()
  await handIn('')
  await expect.poll(texts).toEqual([stands])
  pen.close()
  await page.context().close()
})

test('what is typed, chosen and tapped before the page is alive is not lost', async () => {
  const [ria, fatima] = (await Promise.all(
    ['ria', 'fatima'].map((key) => caller(server.base, `${key}@plan-01.example`)),
  )) as [Caller, Caller]
  await meetingOf(fatima, 'plan-01', await everybody(fatima))
  const page = await pageOf(ria)
  const scripts = Promise.withResolvers<void>()
  await page.route('**/_app/**/*.js', (route) => scripts.promise.then(() => route.continue()))
  await page.goto(`${server.base}/plan/plan-01/voorbereiden`, { waitUntil: 'commit' })
  await page.getByRole('radio', { name: 'niet zo goed' }).check({ force: true })
  await page.getByRole('button', { name: 'Verder' }).click()
  scripts.resolve()
  const words = page.getByRole('textbox')
  await words.waitFor()
  await page.getByRole('button', { name: 'Terug' }).click()
  await expect.poll(() => page.getByRole('radio', { name: 'niet zo goed' }).isChecked()).toBe(true)
  await page.context().close()
})

test('who hands in while the board cannot be reached hears it, and loses nothing', async () => {
  const [bakker, fatima] = (await Promise.all(
    ['bakker', 'fatima'].map((key) => caller(server.base, `${key}@plan-01.example`)),
  )) as [Caller, Caller]
  await meetingOf(fatima, 'plan-01', await everybody(fatima))
  const page = await pageOf(bakker)
  const reachable = Promise.withResolvers<void>()
  await page.routeWebSocket(/\/sync\//, async (line) => {
    await reachable.promise
    line.connectToServer()
  })
  await page.goto(`${server.base}/plan/plan-01/voorbereiden`)
  await page.waitForLoadState('networkidle')
  await page.getByRole('button', { name: 'Verder' }).click()
  await page.getByRole('textbox').fill('De leuning zit los.')
  await page.getByRole('button', { name: 'Verder' }).click()
  const handIn = page.getByRole('button', { name: 'Lever in' })
  await handIn.click()
  await page.getByRole('alert').getByText('Dit lukte niet.').waitFor()
  reachable.resolve()
  const onBoard = page.getByRole('link', { name: 'Kijk op het bord' })
  const again = async () => {
    await handIn.click({ timeout: 1000 }).catch(() => {}) // it is busy, or it is done
    return onBoard.isVisible()
  }
  await expect.poll(again, { timeout: 60_000 }).toBe(true)
  await onBoard.click()
  const cards = page.locator('[data-card]').filter({ hasText: 'De leuning zit los.' })
  await cards.waitFor() // one, and no more
  await page.context().close()
})

test('without a network it says so; the words stay, are kept once it is back, and are handed in then', async () => {
  const [joost, fatima] = (await Promise.all(
    ['joost', 'fatima'].map((key) => caller(server.base, `${key}@plan-01.example`)),
  )) as [Caller, Caller]
  await meetingOf(fatima, 'plan-01', await everybody(fatima))
  const page = await at(joost, '/plan/plan-01/voorbereiden')
  const said = (words: string) => page.getByRole('alert').getByText(words).waitFor()
  await page.getByRole('button', { name: 'Verder' }).click()
  await page.context().setOffline(true)
  await page.getByRole('textbox').fill('De deur klemt.')
  await page.getByRole('button', { name: 'Verder' }).click()
  await said('Geen internet. Uw woorden staan nog hier.')
  await page.getByRole('button', { name: 'Lever in' }).click()
  await said('Geen internet. Uw woorden staan nog hier.')
  await page.context().setOffline(false)
  await said('Er is weer internet. Uw woorden zijn bewaard.')
  await page.getByRole('button', { name: 'Terug' }).click()
  expect(await page.getByRole('textbox').inputValue()).toBe('De deur klemt.')
  await page.getByRole('button', { name: 'Verder' }).click()
  await page.getByRole('button', { name: 'Lever in' }).click()
  await page.getByRole('link', { name: 'Kijk op het bord' }).click()
  await page.locator('[data-card]').filter({ hasText: 'De deur klemt.' }).waitFor()
  await page.context().close()
})

test.each([
  ['phone', PHONE],
  ['tablet', TABLET],
])(
  'on a %s the client prepares without scrolling, with large buttons, and can call for help',
  async (_name, size) => {
    const [ria, fatima] = (await Promise.all(
      ['ria', 'fatima'].map((key) => caller(server.base, `${key}@plan-01.example`)),
    )) as [Caller, Caller]
    await meetingOf(fatima, 'plan-01', await everybody(fatima))
    const page = await pageOf(ria)
    await page.goto(`${server.base}/plan/plan-01/voorbereiden`)
    await page.setViewportSize(size)
    await page.waitForLoadState('networkidle')
    const over = () =>
      page.evaluate(() => document.documentElement.scrollHeight - window.innerHeight)
    const next = page.getByRole('button', { name: 'Verder' })
    for (let question = 1; question < 6; question++) {
      await page.getByText(`Vraag ${question} van 6`).waitFor()
      await expect.poll(over).toBeLessThanOrEqual(0)
      for (const button of await page.locator('main button:visible').all())
        expect((await button.boundingBox())!.height).toBeGreaterThanOrEqual(63.5)
      await next.click()
    }
    await page.getByRole('button', { name: 'Help mij' }).click()
    const told = page.getByText(/De zorg ziet nu dat u hulp vraagt|Nu ziet niemand dit/)
    await told.waitFor()
    expect(people.faults).toEqual([])
    await page.context().close()
  },
)
