/** What people find in a talk that goes on, each on their own screen. */
import { expect, test } from 'vitest'
import type { Page } from 'playwright'
import { isFixed } from '#plan/agenda.ts'
import type { MeetingView } from '#live/meeting.ts'
import type { GoalView } from '#live/wire.ts'
import { afterAll, beforeAll } from '../anew.ts'
import { LAPTOP, screens, violations, type Screens } from '../browser.ts'
import { meetingOf } from '../meetings.ts'
import { caller, start, type Caller, type Running } from '../process.ts'

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
/** The client and the carer both say yes to the words that lie before them. */
async function agree(goalId: string): Promise<void> {
  const { hash } = (await fatima.call('GET', `/api/goals/${goalId}`)).body as GoalView
  for (const key of ['ria', 'fatima']) {
    const who = await caller(server.base, `${key}@plan-01.example`)
    const yes = { hash, answer: 'yes', method: 'own_device', key: `${goalId}-${key}` }
    const { status } = await who.call('POST', `/api/goals/${goalId}/answers`, yes)
    expect(status).toBeLessThan(300)
  }
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
  await agree(leads.url().split('/').at(-1)!)
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
