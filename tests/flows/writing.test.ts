/** What the client answers who does not answer on a screen herself, written down by taps alone. */
import { beforeEach, expect, test } from 'vitest'
import type { Page } from 'playwright'
import * as Y from 'yjs'
import { versionCode } from '#plan/version-code.ts'
import type { GoalView } from '#live/wire.ts'
import { afterAll, beforeAll } from '../anew.ts'
import { PHONE, screens, TABLET, type Screens } from '../browser.ts'
import { caller, start, type Caller, type Running } from '../process.ts'
import { Pen } from '../table.ts'
import { finger, heading, isFit, laidBefore, seated, tap } from '../touch.ts'

const SIZES = [
  ['phone', PHONE],
  ['tablet', TABLET],
] as const
const WORDS = 'Meneer zit elke middag een half uur bij het raam, met koffie.'

let server: Running
let people: Screens
let naima: Caller
let page: Page
let ids: Record<string, string>
beforeAll(async () => {
  server = await start()
  people = await screens(server.base)
  naima = await caller(server.base, 'naima@plan-02.example')
  const { body } = await naima.call('GET', '/api/plans/plan-02')
  const plan = body as { people: { id: string; key: string }[] }
  ids = Object.fromEntries(plan.people.map(({ key, id }) => [key, id]))
})
beforeEach(async () => {
  await page?.context().close()
})
afterAll(async () => {
  await people.close()
  await server.stop()
})

/** Naima at the goal, on a screen of this size; she taps through to writing down. */
async function at(goalId: string, size: (typeof SIZES)[number][1]): Promise<void> {
  page = await finger(people, size)
  await seated(page, server.base, 'naima@plan-02.example')
  await page.goto(`${server.base}/plan/plan-02/doel/${goalId}`)
  await page.getByRole('link', { name: 'Antwoord van Schipper opschrijven' }).tap()
  await page.waitForURL('**/opschrijven')
  await heading(page, 'Hoe laat Schipper weten wat het antwoord is?')
}
const goalOf = async (id: string) => (await naima.call('GET', `/api/goals/${id}`)).body as GoalView
const lastAnswer = async (id: string) => (await goalOf(id)).answers.at(-1)

test.each(SIZES)('on a %s: spoken, with the two who heard it', async (_name, size) => {
  const { id } = await laidBefore(server.base, naima, 'plan-02', WORDS)
  await at(id, size)
  await isFit(page, 64)
  await tap(page, /zegt het hardop/)
  await heading(page, 'Wat zegt Schipper?')
  await isFit(page, 64)
  await tap(page, 'Ja, dat klopt')
  await tap(page, 'Verder')
  await tap(page, /Grietje/)
  await tap(page, 'Verder')
  await page.getByText('Kies twee mensen').waitFor() // with one who heard it it does not go on
  await tap(page, /Naima/)
  await isFit(page, 64)
  await tap(page, 'Verder')
  await heading(page, 'Klopt dit zo?')
  await isFit(page, 64)
  await tap(page, 'Toch niet')
  await tap(page, 'Verder')
  await tap(page, 'Schrijf dit op')
  await heading(page, 'Het staat opgeschreven.')
  await isFit(page, 64)
  expect(await lastAnswer(id)).toMatchObject({
    answer: 'yes',
    method: 'verbal_recorded',
    partyId: ids.henk,
    actorId: ids.naima,
    witnesses: [ids.grietje, ids.naima],
  })
})

test.each(SIZES)('on a %s: a picture is asked twice; two answers are none', async (_name, size) => {
  const { id } = await laidBefore(server.base, naima, 'plan-02', WORDS)
  await at(id, size)
  await tap(page, /wijst een plaatje aan/)
  await heading(page, 'Klopt dit voor u?')
  await isFit(page, 64)
  await tap(page, 'Ja')
  await heading(page, 'Hoe vindt u dit?')
  await isFit(page, 64)
  await tap(page, 'Niet fijn')
  await heading(page, 'Schipper wees twee keer iets anders aan.')
  await isFit(page, 64)
  expect((await goalOf(id)).answers).toEqual([])
  await tap(page, 'Vraag het nog eens')
  await tap(page, 'Ja')
  await tap(page, 'Fijn')
  await heading(page, 'Klopt dit zo?')
  await tap(page, 'Schrijf dit op')
  await heading(page, 'Het staat opgeschreven.')
  const given = await lastAnswer(id)
  expect(given).toMatchObject({ answer: 'yes', method: 'pictogram', partyId: ids.henk })
  expect(new Set(given?.ways).size).toBe(2)
})

test.each(SIZES)('on a %s: paper counts with the code of these words', async (_name, size) => {
  const old = await laidBefore(server.base, naima, 'plan-02', WORDS)
  const revised = await naima.call('POST', `/api/goals/${old.id}/revise`, {})
  expect(revised.status).toBeLessThan(300)
  const draft = revised.body as { documentId: string }
  const pen = await new Pen(server.base, draft.documentId, naima.cookie).synced()
  ;(pen.doc.getMap('goal').get('plainText') as Y.Text).insert(0, 'Nieuw. ')
  await pen.stored()
  pen.close()
  const now = (await naima.call('POST', `/api/goals/${old.id}/present`, { parties: [] }))
    .body as GoalView
  await at(old.id, size)
  await tap(page, /zet een naam op papier/)
  await heading(page, 'Dit papier is om te tekenen.')
  await isFit(page, 64)
  const code = versionCode(now.hash!)
  await page.getByText(code).waitFor()
  await page.emulateMedia({ media: 'print' })
  await expect.poll(() => page.getByRole('button').filter({ visible: true }).count()).toBe(0)
  await expect.poll(() => page.getByText(code).isVisible()).toBe(true)
  await page.emulateMedia({ media: 'screen' })
  await tap(page, 'Het papier is getekend')
  const field = page.getByLabel('Typ de code van het papier over.')
  for (const [typed, says] of [
    ['0000-0000', 'Deze code is niet van deze tekst.'],
    [versionCode(old.hash), 'Dit papier is van een eerdere tekst'],
  ] as const) {
    await field.fill(typed)
    await tap(page, 'Verder')
    await page.getByRole('alert').getByText(says).waitFor()
  }
  await isFit(page, 64)
  await field.fill(code.toLowerCase())
  await tap(page, 'Verder')
  await heading(page, 'Wie zette de naam op het papier?')
  await isFit(page, 64)
  await tap(page, /Schipper/)
  await tap(page, 'ja')
  await tap(page, 'Schrijf dit op')
  await heading(page, 'Het staat opgeschreven.')
  expect(await lastAnswer(old.id)).toMatchObject({
    answer: 'yes',
    method: 'paper',
    partyId: ids.henk,
    hash: now.hash,
  })
})

test.each(SIZES)('on a %s: what seems a no stops it', async (_name, size) => {
  const { id } = await laidBefore(server.base, naima, 'plan-02', WORDS)
  await at(id, size)
  await forHer()
  await tap(page, 'leek het niet te willen')
  await heading(page, 'Wat zag u precies?')
  await isFit(page, 64)
  await tap(page, /duwde het weg/)
  await heading(page, /We stoppen hier/)
  await page.getByText('Bespreek dit volgens de Wzd').waitFor()
  await isFit(page, 64)
  const goal = await goalOf(id)
  expect(goal.standing).toBe('resisted')
  expect(goal.answers).toMatchObject([{ answer: 'no', method: 'observed_response' }])
  await page.getByRole('link', { name: 'Naar het doel' }).tap()
  await page.getByText('Eerst apart bespreken').first().waitFor()
})

/** As far as what she showed: who judged that she cannot say it, why, and until when. */
async function forHer(): Promise<void> {
  await tap(page, /kan dit nu niet zelf zeggen/)
  await heading(page, /Wie vond dat Schipper dit niet kan beslissen/)
  await isFit(page, 64)
  await tap(page, /nog niet opgeschreven/)
  await tap(page, /Petra/)
  await heading(page, /Waarom kan Schipper dit nu niet zeggen/)
  await isFit(page, 64)
  await tap(page, /begrijpt de vraag nu niet/)
  await heading(page, 'Tot wanneer geldt dat?')
  await isFit(page, 64)
  await tap(page, 'Alleen vandaag')
  await heading(page, /Wat liet Schipper merken/)
  await isFit(page, 64)
}

test('somebody higher in the legal order goes first; who was asked answers, with what was seen', async () => {
  const { id } = await laidBefore(server.base, naima, 'plan-02', WORDS)
  const mentor = { role: 'mentor', because: 'Beschikking van de rechter van 3 mei 2026.' }
  const path = `/api/plans/plan-02/people/${ids.sjoerd}/representation`
  expect((await naima.call('POST', path, mentor)).status).toBeLessThan(300)
  await at(id, TABLET)
  await forHer()
  await tap(page, 'leek het fijn te vinden')
  await tap(page, /lachte erbij/)
  await heading(page, 'Wie antwoordt voor Schipper?')
  await isFit(page, 64)
  await tap(page, /Grietje/)
  await heading(page, 'Sjoerd gaat voor.')
  await isFit(page, 64)
  await tap(page, 'Sjoerd wil of kan dit niet')
  await heading(page, 'Klopt dit zo?')
  await page.getByText('Grietje wordt gevraagd.').waitFor()
  await isFit(page, 64)
  await tap(page, 'Schrijf dit op')
  await heading(page, 'Wij vragen het aan Grietje.')
  await isFit(page, 64)

  const phone = await finger(people, PHONE)
  const grietje = await seated(phone, server.base, 'grietje@plan-02.example')
  await phone.goto(`${server.base}/plan/plan-02/doel/${id}`)
  await phone.getByText('Grietje is gevraagd om te antwoorden').waitFor()
  await phone
    .getByText('Naima zag: Schipper leek het fijn te vinden. Schipper lachte erbij.')
    .waitFor()
  await phone.getByText('U antwoordt namens Schipper, niet voor uzelf.').waitFor()
  await phone
    .getByRole('group', { name: /namens Schipper/ })
    .getByText('Ja', { exact: true })
    .tap()
  await tap(phone, 'Goed zo')
  await phone.getByText('Kies eerst wat Schipper liet merken.').waitFor() // not without his reaction
  await phone.getByLabel('leek het fijn te vinden').tap()
  await tap(phone, 'Goed zo')
  await phone.getByText('Namens Schipper is gezegd:').waitFor()
  expect(grietje.cookie).toBeTruthy()
  expect(await lastAnswer(id)).toMatchObject({
    answer: 'yes',
    method: 'on_behalf',
    actorId: ids.grietje,
    partyId: ids.henk,
    reaction: 'liked',
  })
  const { hash } = await goalOf(id)
  const yes = { hash, answer: 'yes', method: 'own_device', key: `naima-${id}` }
  expect((await naima.call('POST', `/api/goals/${id}/answers`, yes)).status).toBe(200)
  await phone.getByRole('heading', { name: 'Dit is afgesproken' }).first().waitFor()
  await phone.getByText('Grietje is gevraagd om te antwoorden').waitFor() // on what it rests stays
  await phone.context().close()
})

test('from the tablet in the client’s hands: taken back, and on to writing down', async () => {
  const { id } = await laidBefore(server.base, naima, 'plan-02', WORDS)
  page = await finger(people, TABLET)
  await seated(page, server.base, 'naima@plan-02.example')
  await page.goto(`${server.base}/plan/plan-02/doel/${id}`)
  await tap(page, 'Geef aan Schipper')
  await page.waitForURL(/\/klant\/plan-02\?doel=/)
  await tap(page, 'Alleen voor Naima')
  await page.getByLabel('Wachtwoord van Naima').fill('aan-tafel')
  await isFit(page, 64)
  await tap(page, 'Neem terug en schrijf het antwoord op')
  await page.waitForURL('**/opschrijven')
  await heading(page, 'Hoe laat Schipper weten wat het antwoord is?')
  expect(people.faults).toEqual([])
})
