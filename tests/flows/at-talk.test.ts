/** What people find in a talk that goes on, each on their own screen. */
import { expect, test } from 'vitest'
import type { Page } from 'playwright'
import { isFixed } from '#plan/agenda.ts'
import type { MeetingView } from '#live/meeting.ts'
import type { GoalView } from '#live/wire.ts'
import { afterAll, beforeAll } from '../anew.ts'
import { LAPTOP, PHONE, screens, TABLET, violations, type Screens } from '../browser.ts'
import { meetingOf } from '../meetings.ts'
import { caller, start, type Caller, type Running } from '../process.ts'
import { finger, heading, laidBefore, seated, tap } from '../touch.ts'

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

/** Somebody's own screen, at the talk that goes on. */
async function atTalk(name: string, size = LAPTOP): Promise<Page> {
  const page = await people.sit(name, size)
  await page.goto(`${server.base}/plan/plan-01/gesprek`)
  return page
}
/** Somebody says yes, on a device of their own, to words that lie before them. */
async function say(key: string, { id, hash }: Pick<GoalView, 'id' | 'hash'>): Promise<void> {
  const who = await caller(server.base, `${key}@plan-01.example`)
  const yes = { hash, answer: 'yes', method: 'own_device', key: `${id}-${key}` }
  const { status } = await who.call('POST', `/api/goals/${id}/answers`, yes)
  expect(status).toBeLessThan(300)
}
/** What keeps a page from being a screen of the client: small buttons, what others have, faults of axe. */
async function ownScreen(page: Page): Promise<string[]> {
  const small = await page
    .locator('.btn:visible')
    .evaluateAll((all) =>
      all.flatMap((one) => (one.getBoundingClientRect().height < 63.5 ? one.textContent : [])),
    )
  const around = await page.locator('.dock, .top').count()
  return [...small, ...(around > 0 ? ['the bars of the others'] : []), ...(await violations(page))]
}
/** What lies on the table, and the point of the agenda with these words. */
const sheet = (page: Page) => page.locator('.on')
const point = (page: Page, words: string) =>
  page
    .getByRole('region', { name: 'Waar hebben we het over?' })
    .getByRole('listitem')
    .filter({ hasText: words })
const wish = 'Ik wil niet om zeven uur'

test('a wish on the table is made into a goal there, and is dealt with once that is agreed', async () => {
  const { step } = await meetingOf(fatima, 'plan-01', [])
  await step({ do: 'start' })
  const leads = await atTalk('Fatima')
  const other = await atTalk('Marjan')
  await point(leads, wish).getByRole('button', { name: /^Meer/ }).click()
  await leads.getByRole('menuitem', { name: 'Ga hierheen' }).click()
  await sheet(other).getByRole('button', { name: 'Maak hier een doel van' }).waitFor()
  expect(await violations(leads)).toEqual([])
  await sheet(leads).getByRole('button', { name: 'Maak hier een doel van' }).click()
  await sheet(leads).getByRole('link', { name: 'Schrijf aan het doel' }).waitFor()
  await expect.poll(() => sheet(leads).evaluate((one) => one === document.activeElement)).toBe(true)
  await sheet(other).getByText('Een nieuw doel').waitFor()

  // back at the wish it leads to its goal, for everyone, and makes no second one
  await point(leads, wish).getByRole('button', { name: /^Meer/ }).click()
  await leads.getByRole('menuitem', { name: 'Ga hierheen' }).click()
  for (const page of [leads, other])
    await sheet(page).getByRole('link', { name: 'Open het doel' }).waitFor()
  expect(await sheet(leads).getByRole('button', { name: 'Maak hier een doel van' }).count()).toBe(0)
  await sheet(leads).getByRole('button', { name: 'Zet dit doel op tafel' }).click()
  await sheet(leads).getByRole('link', { name: 'Schrijf aan het doel' }).click()
  await leads.getByRole('textbox', { name: 'Waar gaan we voor?' }).waitFor()
  await leads.locator('.origin').getByText(wish).waitFor()

  // as soon as that goal is agreed, the wish is dealt with on everybody's agenda
  await leads.getByRole('textbox', { name: 'Waar gaan we voor?' }).click()
  await leads.keyboard.type('Ria slaapt uit.')
  await leads.getByRole('button', { name: 'Klaar? Leg het voor' }).click()
  await leads.getByRole('dialog').getByRole('button', { name: 'Leg het voor' }).click()
  await leads.getByRole('heading', { name: 'Dit leggen we voor' }).waitFor()
  await point(other, wish).getByText('komt nog').waitFor()
  const asked = await fatima.call('GET', `/api/goals/${leads.url().split('/').at(-1)}`)
  for (const key of ['ria', 'fatima']) await say(key, asked.body as GoalView)
  await point(other, wish).getByText('klaar').waitFor()
  expect(people.faults).toEqual([])
}, 120_000)

test('who closes a talk reads which points are not done, and that they go along', async () => {
  const { id, step } = await meetingOf(fatima, 'plan-01', [])
  await step({ do: 'start' })
  for (const title of ['Het eten', 'De kamer', 'De was']) await step({ do: 'add', title })
  await step({ do: 'go-to', item: 'close' })
  const { agenda } = (await fatima.call('GET', `/api/meetings/${id}`)).body as MeetingView
  const left = agenda.filter(({ kind }) => !isFixed(kind)).map(({ title }) => title)
  const page = await atTalk('Fatima')
  await page.getByRole('button', { name: 'Rond het gesprek af' }).click()
  const asks = page.getByRole('dialog')
  const list = asks.getByRole('list', {
    name: `${left.length} punten zijn nog niet klaar. Ze gaan mee naar het volgende gesprek:`,
  })
  await expect
    .poll(() => list.getByRole('listitem').allTextContents())
    .toEqual([...left.slice(0, 5), `en nog ${left.length - 5}`])
  expect(await violations(page)).toEqual([])
  // somebody else meanwhile takes all off but one
  for (const one of agenda.filter(({ kind }) => !isFixed(kind)).slice(1))
    await step({ do: 'remove', item: one.id })
  await asks.getByText('1 punt is nog niet klaar.').waitFor()
  await expect.poll(() => list.count()).toBe(0)
  expect(people.faults).toEqual([])
}, 120_000)

test('once the client has answered in a talk, her own screen leads her back to it', async () => {
  const { step } = await meetingOf(fatima, 'plan-01', [])
  await step({ do: 'start' })
  const [first, second] = [
    await laidBefore(server.base, fatima, 'plan-01', 'Ria drinkt koffie op het balkon.'),
    await laidBefore(server.base, fatima, 'plan-01', 'Ria leest de krant.'),
  ]
  const tablet = await finger(people, TABLET)
  await seated(tablet, server.base, 'ria@plan-01.example')
  await tablet.goto(`${server.base}/plan/plan-01/doel/${first.id}`)
  await tap(tablet, 'Ja, dat klopt')
  await tap(tablet, 'Goed zo')
  // others have not answered yet: she can go on all the same, to what else waits for her or to the talk
  await tablet.getByText('Er is nog een tekst voor u.').waitFor()
  await tablet.getByRole('link', { name: 'Terug naar het gesprek' }).waitFor()
  expect(await ownScreen(tablet)).toEqual([])

  // hers is the last yes: it is agreed before her eyes, and nothing else comes up around it
  await say('fatima', second)
  await tablet.getByRole('link', { name: 'Lees die tekst' }).tap()
  await heading(tablet, 'Dag Ria.')
  await tablet.goto(`${server.base}/plan/plan-01/doel/${second.id}`)
  await tap(tablet, 'Ja, dat klopt')
  await tap(tablet, 'Goed zo')
  await heading(tablet, 'Afgesproken')
  await tablet.getByText('Ria leest de krant.').waitFor()
  await expect
    .poll(() => tablet.locator('main').evaluate((one) => one === document.activeElement))
    .toBe(true)
  expect(await ownScreen(tablet)).toEqual([])
  await tablet.getByRole('link', { name: 'Terug naar het gesprek' }).tap()
  await tablet.waitForURL('**/plan/plan-01/gesprek')
  await tablet.getByRole('heading', { name: 'Welkom' }).waitFor()

  // without a talk she goes home
  await step({ do: 'finish' })
  await say('fatima', first)
  const third = await laidBefore(server.base, fatima, 'plan-01', 'Ria belt op zondag.')
  await say('fatima', third)
  await tablet.goto(`${server.base}/plan/plan-01/doel/${third.id}`)
  await tap(tablet, 'Ja, dat klopt')
  await tap(tablet, 'Goed zo')
  await heading(tablet, 'Afgesproken')
  await tablet.getByRole('link', { name: 'Klaar' }).tap()
  await tablet.waitForURL('**/thuis')
  expect(people.faults).toEqual([])
}, 120_000)

test('on a phone the bar below a page is low in a talk, and every act in it is there and large', async () => {
  const { step } = await meetingOf(fatima, 'plan-01', [])
  await step({ do: 'start' })
  await step({ do: 'next' })
  await step({ do: 'next' })
  const asked = await laidBefore(server.base, fatima, 'plan-01', 'Ria luistert naar muziek.')
  const { goals } = (await fatima.call('GET', '/api/plans/plan-01')).body as { goals: GoalView[] }
  const agreed = goals.find(({ state }) => state === 'agreed')!
  const goal = (id: string) => `doel/${id}`
  const bars: [string, string, string[]][] = [
    ['Marjan', goal(asked.id), ['Iets zeggen', 'Iets toevoegen']],
    ['Joost', goal(asked.id), ['Iets zeggen', 'Verder schrijven']],
    ['Joost', goal(agreed.id), ['Iets zeggen', 'Iets veranderen']],
    ['Fatima', goal(asked.id), ['Verder schrijven']],
    ['Fatima', 'gesprek', ['Parkeer dit punt', 'Rond het gesprek af', 'Volgend punt']],
    ['Marjan', 'gesprek', ['Ik wil iets zeggen']],
  ]
  for (const [who, where, acts] of bars) {
    const page = await people.sit(who, PHONE)
    await page.goto(`${server.base}/plan/plan-01/${where}`)
    const bar = page.locator('.dock')
    for (const name of acts) await bar.getByRole('button', { name, exact: true }).waitFor()
    await expect.poll(async () => (await bar.boundingBox())!.height).toBeLessThanOrEqual(96)
    const sizes = await page
      .locator('.dock .btn:visible, .follow-bar .btn:visible')
      .evaluateAll((all) => all.map((one) => one.getBoundingClientRect().height))
    expect(sizes.filter((size) => size < 47.5)).toEqual([])
    expect(await violations(page)).toEqual([])
    await page.context().close()
  }
  expect(people.faults).toEqual([])
}, 120_000)

test('who opens the report of a talk that goes on is led to the talk', async () => {
  const { id, step } = await meetingOf(fatima, 'plan-01', [])
  const marjan = await people.sit('Marjan')
  const talk = marjan.getByRole('link', { name: 'Ga naar het gesprek' })
  await marjan.goto(`${server.base}/plan/plan-01/gesprek/${id}`)
  await marjan.getByText('Het verslag is er als het gesprek klaar is.').waitFor()
  expect(await talk.count()).toBe(0) // it has not begun
  await step({ do: 'start' })
  await marjan.reload()
  await talk.click()
  await marjan.waitForURL('**/plan/plan-01/gesprek')
  await marjan.getByRole('region', { name: 'Waar hebben we het over?' }).waitFor()
  await marjan.context().close()
})
