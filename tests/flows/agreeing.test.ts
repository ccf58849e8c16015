/** Agreeing on screens: what each person must be able to see before and after they answer. */
import { expect, test } from 'vitest'
import type { Page } from 'playwright'
import * as Y from 'yjs'
import { goalOf } from '#live/documents.ts'
import { afterAll, beforeAll } from '../anew.ts'
import { LAPTOP, PHONE, screens, violations, type Screens } from '../browser.ts'
import { dayIn, written } from '../days.ts'
import { caller, start, type Caller, type Running } from '../process.ts'
import { Pen } from '../table.ts'

let server: Running
let people: Screens
let ria: Caller
let marjan: Caller
let fatima: Caller
const ids = new Map<string, string>()
beforeAll(async () => {
  server = await start()
  people = await screens(server.base)
  ;[ria, marjan, fatima] = (await Promise.all(
    ['ria', 'marjan', 'fatima'].map((key) => caller(server.base, `${key}@plan-01.example`)),
  )) as [Caller, Caller, Caller]
  const { body } = await fatima.call('GET', '/api/plans/plan-01')
  for (const { id, key } of (body as { people: { id: string; key: string }[] }).people)
    ids.set(key, id)
})
afterAll(async () => {
  await people.close()
  await server.stop()
})

type Goal = { id: string; documentId: string | null; hash: string; parties: object[] }

async function write(documentId: string, text: string, reviewOn?: string) {
  const pen = await new Pen(server.base.replace('http', 'ws'), documentId, fatima.cookie).synced()
  const { goal } = goalOf(pen.doc)
  const words = goal.get('plainText') as Y.Text
  words.delete(0, words.length)
  words.insert(0, text)
  if (reviewOn) goal.set('reviewOn', reviewOn)
  await pen.stored()
  pen.close()
}
async function made(text: string, reviewOn?: string): Promise<Goal> {
  const { body } = await fatima.call('POST', '/api/plans/plan-01/goals', { area: 'living' })
  await write((body as Goal).documentId!, text, reviewOn)
  return body as Goal
}
async function presented(goal: Goal, how: object = { parties: [] }): Promise<Goal> {
  const { body } = await fatima.call('POST', `/api/goals/${goal.id}/present`, how)
  return { ...goal, ...(body as Goal) }
}
let taps = 0
const say = (who: Caller, { id, hash }: Goal, answer: string, more: object = {}) =>
  who.call('POST', `/api/goals/${id}/answers`, {
    ...{ hash, answer, method: 'own_device', key: `agreeing-${taps++}` },
    ...more,
  })
const now = async ({ id }: Goal) => (await fatima.call('GET', `/api/goals/${id}`)).body as Goal

async function at(who: Caller, path: string, viewport = LAPTOP): Promise<Page> {
  const context = await people.browser.newContext({ viewport, locale: 'nl-NL' })
  const [name, value] = who.cookie.split('=') as [string, string]
  await context.addCookies([{ name, value, url: server.base }])
  const page = await context.newPage()
  await page.goto(`${server.base}${path}`)
  return page
}
const goalPage = ({ id }: Goal) => `/plan/plan-01/doel/${id}`

test('that words are tried first stands on every screen of the client that asks for her yes', async () => {
  const until = dayIn(90)
  const trial = `We proberen dit eerst, tot ${written(until)}.`
  const goal = await presented(await made('Een dutje om twee uur.', until), {
    ...{ parties: [], trial: true },
  })
  const page = await at(ria, goalPage(goal))
  await page.getByText(trial).waitFor()
  await page.goto(`${server.base}/klant/plan-01`)
  await page.getByRole('button', { name: 'Verder' }).click()
  await page.getByText('Een dutje om twee uur.').waitFor()
  await page.getByText(trial).waitFor()
  await page.context().close()
  await say(ria, goal, 'yes')
  expect(await say(fatima, goal, 'yes')).toMatchObject({ body: { state: 'agreed-on-trial' } })
})

test('words that changed after her yes: the client sees word by word what is new, and is asked anew', async () => {
  const goal = await presented(await made('Ria wandelt elke ochtend in de tuin.'))
  await say(ria, goal, 'yes')
  await say(fatima, goal, 'yes')
  const { body } = await fatima.call('POST', `/api/goals/${goal.id}/revise`)
  await write((body as Goal).documentId!, 'Ria wandelt elke middag in de tuin.')
  await presented(goal)
  for (const size of [LAPTOP, PHONE]) {
    const page = await at(ria, goalPage(goal), size)
    await page.getByText('Uw ja geldt niet meer, want dit is veranderd').waitFor()
    await expect.poll(() => page.locator('del').first().textContent()).toContain('ochtend')
    await expect.poll(() => page.locator('ins').first().textContent()).toContain('middag')
    await page.getByRole('button', { name: 'Ja, dat klopt' }).waitFor()
    expect(await violations(page)).toEqual([])
    await page.goto(`${server.base}/klant/plan-01`)
    await page.getByRole('button', { name: 'Verder' }).click()
    await page.getByText('Vorige keer zei u: ja. De tekst is nu anders.').waitFor()
    await expect.poll(() => page.locator('ins').first().textContent()).toContain('middag')
    expect(await violations(page)).toEqual([])
    await page.context().close()
  }
  const page = await at(fatima, goalPage(goal)) // others renew theirs with one tap
  await page.getByRole('button', { name: 'Ja, ook tegen deze tekst' }).click()
  await page.getByText('U zei:').waitFor()
  await page.context().close()
  await say(ria, await now(goal), 'yes')
})

test('a round that ended asks the client nothing any more, and tells her what is done instead', async () => {
  const goal = await presented(await made('Ria slaapt zonder licht.'))
  const page = await at(ria, goalPage(goal))
  await page.getByRole('button', { name: 'Ja, dat klopt' }).waitFor()
  const ended = await fatima.call('POST', `/api/goals/${goal.id}/marks`, {
    ...{ mark: 'not-agreed', text: 'Ria wordt bang wakker.', instead: 'Het lampje blijft aan.' },
  })
  expect(ended).toMatchObject({ status: 200, body: { state: 'not-agreed' } })
  await page.getByText('Het lampje blijft aan.').waitFor()
  for (const again of [false, true]) {
    if (again) await page.reload()
    await page.getByRole('heading', { name: 'Dit is niet afgesproken' }).waitFor()
    await expect
      .poll(() => page.getByRole('button', { name: /^(Ja|Nee|Antwoord veranderen)/ }).count())
      .toBe(0)
  }
  expect(await violations(page)).toEqual([])
  await page.context().close()
})

test('who is heard and who is only told is chosen while laying words before people', async () => {
  const goal = await made('Ria gaat naar het koor.')
  const page = await at(fatima, goalPage(goal))
  await page.getByRole('button', { name: 'Klaar? Leg het voor' }).click()
  await page.getByText('Ook anderen laten lezen').click()
  await page.getByRole('combobox', { name: /Marjan/ }).selectOption('mag er iets van vinden')
  await page.getByRole('combobox', { name: /Bakker/ }).selectOption('krijgt alleen bericht')
  expect(await violations(page)).toEqual([])
  await page.getByRole('button', { name: 'Leg het voor', exact: true }).click()
  await page.getByText('Zegt u hier ja tegen?').waitFor()
  const shown = await now(goal)
  expect(shown.parties).toEqual([
    { personId: ids.get('ria'), required: true },
    { personId: ids.get('fatima'), required: true },
    { personId: ids.get('marjan'), required: false },
    { personId: ids.get('bakker'), required: false, informed: true },
  ])
  await page.getByRole('button', { name: 'Verder schrijven' }).click()
  await page
    .getByRole('button', { name: /Verder schrijven|Toch/ })
    .last()
    .click()
  await page.getByRole('button', { name: 'Klaar? Leg het voor' }).click()
  const chosen = page.getByRole('combobox', { name: /Marjan/ })
  await expect.poll(() => chosen.inputValue()).toBe('heard') // as it was for the words before
  await page.context().close()
})

test('a differing view stands in its own words beside what is agreed, with who holds on to it', async () => {
  const goal = await presented(await made('Ria gaat alleen naar de markt.'), {
    parties: [ids.get('marjan')],
  })
  await say(ria, goal, 'yes')
  await say(fatima, goal, 'yes')
  await say(marjan, goal, 'no', { remark: 'Zij viel in april.' })
  const page = await at(fatima, goalPage(goal))
  await page.getByRole('button', { name: 'Opschrijven en toch afspreken' }).click()
  await page.getByRole('textbox').fill('Ria neemt het alarm mee.')
  await page.getByRole('button', { name: 'Schrijf dit op en spreek het af' }).click()
  const beside = page.getByRole('region', { name: 'Niet iedereen is het eens.' })
  await beside.getByText('Zij viel in april.').waitFor()
  await beside.getByText('Ria houdt hieraan vast.').waitFor()
  await beside.getByText('Ria neemt het alarm mee.').waitFor()
  await page.getByRole('link', { name: /^Bewijs/ }).click()
  await page.getByText('Marjan Hofland ziet het anders:').waitFor()
  await expect.poll(() => page.getByText('Alles klopt.').count()).toBe(1)
  await page.context().close()
})

test('the question as it stood on the screen is kept with an answer', async () => {
  const goal = await presented(await made('Ria eet om zes uur.'))
  const page = await at(ria, goalPage(goal), PHONE)
  await page.getByRole('button', { name: 'Ja, dat klopt' }).click()
  await page.getByRole('button', { name: 'Goed zo' }).click()
  await page.getByText('U zei:').waitFor()
  const nurse = await at(fatima, goalPage(goal))
  await nurse.getByText('Alles is bewaard').waitFor() // a page that sits at the table is awake
  await nurse.getByRole('button', { name: 'Ja', exact: true }).click()
  await nurse.getByRole('button', { name: 'Goed zo' }).click()
  await nurse.getByText('Afgesproken', { exact: true }).first().waitFor()
  await nurse.getByRole('link', { name: /^Bewijs/ }).click()
  await nurse.getByText('vraag: Klopt dit voor u?').waitFor()
  await nurse.getByText('vraag: Zegt u hier ja tegen?').waitFor()
  await expect.poll(() => nurse.getByText('ingelogd').count()).toBeGreaterThan(1)
  await Promise.all([page, nurse].map((one) => one.context().close()))
})

test('what was decided while a page was on its way is on it once somebody sits down', async () => {
  const goal = await presented(await made('Ria leest de krant in de serre.'))
  const context = await people.browser.newContext({ viewport: LAPTOP, locale: 'nl-NL' })
  const [name, value] = fatima.cookie.split('=') as [string, string]
  await context.addCookies([{ name, value, url: server.base }])
  const page = await context.newPage()
  let sitDown = () => {}
  const later = new Promise<void>((done) => (sitDown = done))
  await page.routeWebSocket(/socket\.io/, async (socket) => {
    await later // the page was drawn, and nobody tells it anything yet
    socket.connectToServer()
  })
  await page.goto(`${server.base}${goalPage(goal)}`)
  await page.getByText('Zegt u hier ja tegen?').waitFor()
  await say(ria, goal, 'yes')
  await say(fatima, goal, 'yes')
  sitDown()
  await page.getByRole('heading', { name: 'Dit is afgesproken' }).waitFor()
  await expect.poll(() => page.getByText('Zegt u hier ja tegen?').count()).toBe(0)
  await context.close()
})

test('what a goal says counts as read once its page is in front of somebody', async () => {
  const goal = await presented(await made('Ria belt op zondag.'), { parties: [ids.get('marjan')] })
  const page = await at(marjan, '/dev/post')
  await page.addInitScript(() => {
    const screen = window as unknown as { put: string }
    screen.put = 'hidden'
    Object.defineProperty(document, 'visibilityState', { get: () => screen.put })
  })
  const read: string[] = []
  page.on('request', (one) => {
    if (one.method() === 'POST' && one.url().endsWith('/notices')) read.push(one.url())
  })
  const heard = page.waitForResponse((one) => one.url().endsWith('/notices'))
  await page.goto(`${server.base}${goalPage(goal)}`)
  expect(await (await heard).json()).toContainEqual(
    expect.objectContaining({ kind: 'asked', goalId: goal.id }),
  )
  await page.waitForLoadState('networkidle')
  expect(read).toEqual([])
  await page.evaluate(() => {
    Object.assign(window, { put: 'visible' })
    document.dispatchEvent(new Event('visibilitychange'))
  })
  await expect.poll(() => read.length).toBe(1)
  await page.context().close()
})
