/** "Wie mag wat?" at real screens: letting somebody in, and ending access while pages are open. */
import { expect, test } from 'vitest'
import { afterAll, beforeAll } from '../anew.ts'
import { PHONE, screens, violations, type Screens } from '../browser.ts'
import { dayIn, written } from '../days.ts'
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

type Plan = { goals: { id: string; state: string }[]; people: { id: string; key: string }[] }

test('the client lets her son in until a day, in her own words, and sees it stand there', async () => {
  const ria = await people.sit('Ria Hofland')
  await ria.getByRole('button', { name: 'Menu: Andere bladzijden' }).click()
  await ria.getByRole('menuitem', { name: 'Wie mag wat?' }).click()
  await ria.getByRole('heading', { name: 'Wie mag wat?' }).waitFor()
  await ria.getByText('Ria beslist zelf.').waitFor()
  await ria.getByRole('button', { name: 'Nodig iemand uit' }).click()
  await ria.getByLabel('Naam').fill('Piet Hofland')
  await ria.getByLabel('Mailadres').fill('piet@elders.example')
  await ria.getByLabel(/Wat is diegene van u/).fill('zoon')
  const until = dayIn(90)
  await ria.getByLabel('Toegang tot en met').fill(until)
  await ria.getByLabel('Wat vindt u goed?').fill('Piet mag meekijken.')
  expect(await violations(ria)).toEqual([])
  await ria.getByRole('button', { name: 'Geef toegang' }).click()
  const line = ria.getByRole('listitem').filter({ hasText: 'Piet Hofland' }).first()
  await line.getByText(`Tot en met ${written(until)}.`).waitFor()
  await expect.poll(() => line.innerText()).toContain('“Piet mag meekijken.”')
  expect(await violations(ria)).toEqual([])
  await ria.context().close()
})

test('moving, erasing and forgetting say what they do, for everyone to read', async () => {
  const fatima = await people.sit('Fatima')
  const card = fatima.locator('[data-card]').first()
  const ask = async (what: string) => {
    await card.getByRole('button', { name: /^Meer/ }).click()
    await fatima.getByText(what, { exact: true }).filter({ visible: true }).first().click()
    await fatima.getByRole('dialog').getByRole('button', { name: 'Laat zo' }).waitFor()
    expect(await violations(fatima), what).toEqual([])
    await fatima.keyboard.press('Escape')
    await fatima
      .getByRole('dialog')
      .waitFor({ state: 'detached' })
      .catch(() => {})
  }
  await ask('Verplaats naar …')
  await ask('Wis voorgoed')
  await fatima.goto(`${server.base}/plan/plan-01/wissen`)
  await fatima.getByText('Dit gaat weg').waitFor()
  expect(await violations(fatima)).toEqual([])
  await fatima.getByLabel('Schrijf ter controle: Ria').fill('Riet')
  await fatima.getByRole('button', { name: 'Wis het plan voor altijd' }).click()
  await fatima.getByText('Zet eerst een vinkje').waitFor()
  await fatima.getByLabel(/Ik heb gekeken/).check()
  await fatima.getByRole('button', { name: 'Wis het plan voor altijd' }).click()
  await fatima.getByText('Deze naam klopt niet').waitFor()
  expect(await violations(fatima)).toEqual([])
  await fatima.context().close()
})

test('when access ends, every open page of that person clears at once and says so', async () => {
  const marjan = await people.sit('Marjan', PHONE)
  const ria = await caller(server.base, 'ria@plan-01.example')
  const { goals, people: seats } = (await ria.call('GET', '/api/plans/plan-01')).body as Plan
  const agreed = goals.find(({ state }) => state.startsWith('agreed'))!
  const made = await ria.call('POST', '/api/plans/plan-01/goals', { area: 'living' })
  const { id: open } = made.body as { id: string }
  const pages = [marjan]
  const here = `${server.base}/plan/plan-01`
  for (const path of [`/doel/${agreed.id}`, `/doel/${open}`, '/mensen']) {
    const page = await marjan.context().newPage()
    await page.goto(here + path)
    await page.getByText('Hofland').or(page.getByText('Ria')).first().waitFor()
    pages.push(page)
  }
  await pages[2]!.getByText('Alles is bewaard').waitFor()

  const id = seats.find(({ key }) => key === 'marjan')!.id
  await ria.call('DELETE', `/api/plans/plan-01/people/${id}`)
  const ended = (page: (typeof pages)[number]) =>
    page.getByText('U kunt dit plan niet meer zien').first()
  await Promise.all(pages.map((page) => ended(page).waitFor()))
  for (const page of pages) {
    expect(await page.locator('main').innerText()).not.toMatch(/balkon|Hofland|Fatima/)
  }
  const again = await marjan.context().newPage()
  expect((await again.goto(`${here}/mensen`))!.status()).toBe(403)
  expect(people.faults).toEqual([])
})
