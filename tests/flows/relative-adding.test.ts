/** What a relative adds from her phone: for whom, for herself first, without internet, refused; by taps alone. */
import { expect, onTestFinished, test } from 'vitest'
import type { Page } from 'playwright'
import { afterAll, beforeAll } from '../anew.ts'
import { PHONE, screens, violations, type Screens } from '../browser.ts'
import { caller, start, type Caller, type Running } from '../process.ts'
import { alive, finger, seated, tap } from '../touch.ts'

let server: Running
let people: Screens
let fatima: Caller
let ids: Record<string, string>
beforeAll(async () => {
  server = await start()
  people = await screens(server.base)
  fatima = await caller(server.base, 'fatima@plan-01.example')
  const { body } = await fatima.call('GET', '/api/plans/plan-01')
  const plan = body as { people: { id: string; key: string }[] }
  ids = Object.fromEntries(plan.people.map(({ key, id }) => [key, id]))
})
afterAll(async () => {
  await people.close()
  await server.stop()
})

type Added = { text: string; saidBy: string; basis: string; about: string | null; kind: string }
const onBoard = async (text: string): Promise<Added | undefined> => {
  const { body } = await fatima.call('GET', '/api/plans/plan-01/export.json')
  const { boards } = body as { boards: { zone: string; cards: Added[] }[] }
  const shared = boards.filter(({ zone }) => zone === 'shared').flatMap(({ cards }) => cards)
  return shared.find((card) => card.text === text)
}

test('at home she adds what her mother would say, for herself alone first, and shares it', async () => {
  const words = 'Ik wil mijn eigen koffie zetten.'
  const phone = await finger(people, PHONE)
  const marjan = await seated(phone, server.base, 'marjan@plan-01.example')
  await phone.goto(`${server.base}/thuis`)
  await phone.waitForLoadState('networkidle')
  await tap(phone, 'Ik wil iets toevoegen')
  await tap(phone, 'Nog niet delen') // with nothing written
  await phone.getByText('Schrijf eerst').waitFor()
  await phone.getByRole('radio', { name: 'Wat Ria zou zeggen' }).tap()
  await phone.getByLabel('Wat zou Ria zelf zeggen?').fill(words)
  expect(await violations(phone)).toEqual([])
  await tap(phone, 'Nog niet delen')
  await phone.getByText('Alleen u ziet het.').waitFor()
  const board = async (who: Caller) => {
    const headers = { cookie: who.cookie }
    return (await fetch(`${server.base}/plan/plan-01`, { headers })).text()
  }
  expect(await board(marjan)).toContain(words)
  expect(await board(fatima)).not.toContain(words)
  expect(await violations(phone)).toEqual([])
  await tap(phone, 'Deel dit nu')
  await phone.getByText('Dit staat nu op het bord.').waitFor()
  expect(await onBoard(words)).toMatchObject({
    basis: 'proxy_as_client',
    saidBy: ids.marjan,
  })
  await phone.context().close()
})

test('what she adds at a goal without internet stands nowhere until it has arrived', async () => {
  const words = 'Ik loop op zondag graag met haar mee.'
  const { body } = await fatima.call('GET', '/api/plans/plan-01')
  const [goal] = (body as { goals: { id: string }[] }).goals
  const phone = await finger(people, PHONE)
  await seated(phone, server.base, 'marjan@plan-01.example')
  await phone.goto(`${server.base}/plan/plan-01/doel/${goal!.id}`)
  await phone.waitForLoadState('networkidle')
  await tap(phone, 'Ik wil iets toevoegen')
  await phone.getByLabel('Wat wilt u zeggen?').fill(words)
  await phone.context().setOffline(true)
  await tap(phone, 'Deel dit nu')
  await phone.getByText('Uw woorden zijn nog niet aangekomen.').waitFor()
  expect(await onBoard(words)).toBeUndefined()
  await phone.context().setOffline(false)
  await phone.getByText('Dit staat nu op het bord.').waitFor()
  expect(await onBoard(words)).toMatchObject({
    kind: 'point',
    basis: 'proxy_own_view',
    saidBy: ids.marjan,
    about: goal!.id,
  })
  await phone.context().close()
})

/** What she is asked when she would leave; her answer. */
function asks(phone: Page, leave: boolean): string[] {
  const asked: string[] = []
  phone.once('dialog', (dialog) => {
    asked.push(dialog.message())
    void (leave ? dialog.accept() : dialog.dismiss())
  })
  return asked
}

test('who would leave while her words wait is asked first, and may stay or go', async () => {
  const words = 'Ik neem op zondag bloemen mee.'
  const phone = await finger(people, PHONE)
  await seated(phone, server.base, 'marjan@plan-01.example')
  await phone.goto(`${server.base}/thuis`)
  await alive(phone) // else she leaves the page of the browser, and not one of ours
  await phone.getByRole('link', { name: 'Marjan koopt stevige schoenen' }).tap()
  await phone.waitForURL('**/doel/*')
  await phone.waitForLoadState('networkidle')
  const goal = phone.url()
  await tap(phone, 'Ik wil iets toevoegen')
  await phone.getByLabel('Wat wilt u zeggen?').fill(words)
  await phone.context().setOffline(true)
  await tap(phone, 'Deel dit nu')
  await phone.getByText('Uw woorden zijn nog niet aangekomen.').waitFor()
  const stays = asks(phone, false)
  await phone.evaluate(() => history.back())
  await expect.poll(() => stays).toEqual(['Uw woorden zijn nog niet aangekomen. Toch weggaan?'])
  await expect.poll(() => phone.url()).toBe(goal)
  await expect.poll(() => phone.getByLabel('Wat wilt u zeggen?').inputValue()).toBe(words)
  await phone.context().setOffline(false)
  await phone.getByText('Dit staat nu op het bord.').waitFor()
  expect(await onBoard(words)).toBeDefined()
  const never = asks(phone, false)
  await phone.evaluate(() => history.back()) // nothing waits any more: nothing is asked
  await phone.waitForURL('**/thuis')
  expect(never).toEqual([])

  const other = 'Ik zing graag met haar.'
  await phone.getByRole('link', { name: 'Marjan koopt stevige schoenen' }).tap()
  await phone.waitForURL('**/doel/*')
  await phone.waitForLoadState('networkidle')
  await tap(phone, 'Ik wil iets toevoegen')
  await phone.getByLabel('Wat wilt u zeggen?').fill(other)
  await phone.context().setOffline(true)
  await tap(phone, 'Deel dit nu')
  await phone.getByText('Uw woorden zijn nog niet aangekomen.').waitFor()
  phone.removeAllListeners('dialog')
  const goes = asks(phone, true)
  await phone.evaluate(() => history.back())
  await expect.poll(() => goes.length).toBe(1)
  await expect.poll(() => phone.url()).not.toBe(goal)
  await phone.context().setOffline(false)
  expect(await onBoard(other)).toBeUndefined()
  await phone.context().close()
})

/** Ends Marjan's access for the length of a test. */
async function endMarjan(): Promise<void> {
  const ria = await caller(server.base, 'ria@plan-01.example')
  const ended = await ria.call('DELETE', `/api/plans/plan-01/people/${ids.marjan}`)
  expect(ended.status).toBeLessThan(300)
  onTestFinished(async () => {
    const asked = { email: 'marjan@plan-01.example', role: 'first_contact', consent: 'Ja.' }
    await ria.call('POST', '/api/plans/plan-01/people', { name: 'Marjan Hofland', ...asked })
  })
}

test('words she writes at home stay before her when her access ended while she was away', async () => {
  const words = 'Zij wil op zondag bellen.'
  const phone = await finger(people, PHONE)
  await seated(phone, server.base, 'marjan@plan-01.example')
  await phone.goto(`${server.base}/thuis`)
  await phone.waitForLoadState('networkidle')
  await tap(phone, 'Ik wil iets toevoegen')
  await phone.getByLabel('Wat wilt u zeggen?').fill(words)
  await phone.context().setOffline(true)
  await endMarjan()
  await phone.context().setOffline(false)
  await phone.getByText('Uw toegang is gestopt.').waitFor({ state: 'attached', timeout: 20_000 })
  expect(await phone.getByLabel('Wat wilt u zeggen?').inputValue()).toBe(words)
  await phone.context().close()
})

test('words that are refused are not lost: they stay before her, and she may try again', async () => {
  const words = 'Zij houdt van de zee.'
  const phone = await finger(people, PHONE)
  await seated(phone, server.base, 'marjan@plan-01.example')
  await phone.goto(`${server.base}/thuis`)
  await phone.waitForLoadState('networkidle')
  await tap(phone, 'Ik wil iets toevoegen')
  await phone.getByLabel('Wat wilt u zeggen?').fill(words)
  await endMarjan()
  await tap(phone, 'Deel dit nu')
  await phone.getByText('Dit is niet aangekomen. Uw woorden staan nog hier.').waitFor()
  expect(await violations(phone)).toEqual([])
  await expect.poll(() => phone.getByLabel('Wat wilt u zeggen?').inputValue()).toBe(words)
  expect(await onBoard(words)).toBeUndefined()
  await tap(phone, 'Probeer opnieuw')
  await expect.poll(() => phone.getByLabel('Wat wilt u zeggen?').isEditable()).toBe(true)
  await expect.poll(() => phone.getByLabel('Wat wilt u zeggen?').inputValue()).toBe(words)
  await tap(phone, 'Nog niet delen')
  await phone.getByText('Dit lukte nu niet').waitFor() // her own lane is closed to her as well
  await expect.poll(() => phone.getByLabel('Wat wilt u zeggen?').inputValue()).toBe(words)
  await phone.context().close()
  expect(people.faults).toEqual([])
})
