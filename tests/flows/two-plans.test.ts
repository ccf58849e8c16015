/** One person at two plans, on a phone of their own: what ends at one takes no words of the other. */
import { beforeEach, expect, test } from 'vitest'
import type { Page } from 'playwright'
import type * as Y from 'yjs'
import { afterAll, beforeAll } from '../anew.ts'
import { goalOf } from '#live/documents.ts'
import { PHONE, screens, violations, type Screens } from '../browser.ts'
import { goalsOn } from '../kept.ts'
import { meetingOf } from '../meetings.ts'
import { caller, start, type Caller, type Running } from '../process.ts'
import { Pen } from '../table.ts'
import { finger, seated, tap } from '../touch.ts'

const ENDS = 'plan-01'
const STAYS = 'plan-02'
let server: Running
let people: Screens
/** Who leads each plan, and the client who gives and ends access to it. */
let leads: Record<string, Caller>
let clients: Record<string, Caller>
beforeAll(async () => {
  server = await start()
  people = await screens(server.base)
  const who = (email: string) => caller(server.base, `${email}.example`)
  leads = { [ENDS]: await who('fatima@plan-01'), [STAYS]: await who('naima@plan-02') }
  clients = { [ENDS]: await who('ria@plan-01'), [STAYS]: await who('henk@plan-02') }
})
beforeEach(() => Promise.all([ENDS, STAYS].map(letIn)))
afterAll(async () => {
  await people.close()
  await server.stop()
})

const MARJAN = 'marjan@plan-01.example'
/** Marjan has a seat at the plan. */
async function letIn(planId: string): Promise<void> {
  const asked = { email: MARJAN, role: 'relative', consent: 'Ja.' }
  const path = `/api/plans/${planId}/people`
  const { status } = await clients[planId]!.call('POST', path, { name: 'Marjan Hofland', ...asked })
  expect([201, 409]).toContain(status) // or she has it already
}
/** Who she is there. */
async function idAt(planId: string): Promise<string> {
  const { body } = await leads[planId]!.call('GET', `/api/plans/${planId}`)
  const { people: seats } = body as { people: { id: string; name: string }[] }
  return seats.find(({ name }) => name.startsWith('Marjan'))!.id
}
/** Her access to the one plan ends. */
async function end(): Promise<void> {
  const id = await idAt(ENDS)
  const { status } = await clients[ENDS]!.call('DELETE', `/api/plans/${ENDS}/people/${id}`)
  expect(status).toBeLessThan(300)
}

type Draft = { planId: string; goalId: string; documentId: string }
async function newGoal(planId: string): Promise<Draft> {
  const { status, body } = await leads[planId]!.call('POST', `/api/plans/${planId}/goals`, {
    area: 'living',
  })
  expect(status).toBe(201)
  const { id: goalId, documentId } = body as { id: string; documentId: string }
  return { planId, goalId, documentId }
}
const textOf = async ({ planId, goalId }: Draft) => {
  const { body } = await leads[planId]!.call('GET', `/api/goals/${goalId}`)
  return (body as { words: { plainText: string } }).words.plainText
}

/** Marjan on her own phone, which keeps her words of both plans. */
async function hers(): Promise<Page> {
  const phone = await finger(people, PHONE)
  await seated(phone, server.base, MARJAN)
  for (const planId of [ENDS, STAYS]) {
    await phone.goto(`${server.base}/plan/${planId}`)
    await phone.getByText('Alles is bewaard').first().waitFor()
    await tap(phone, 'Ook op dit apparaat bewaren')
    await tap(phone, 'Ja, dit is mijn eigen apparaat')
    await phone.getByRole('button', { name: 'Dit apparaat bewaart mee' }).waitFor()
  }
  return phone
}
/** The documents that are kept here, by plan. */
const keptOf = (page: Page, planId: string) =>
  page.evaluate(
    async (start) =>
      (await indexedDB.databases()).filter(({ name }) => name?.startsWith(start)).length,
    `aan-tafel:${planId}:`,
  )
const field = (page: Page) => page.getByRole('textbox', { name: 'Waar gaan we voor?' })

/** She writes at a goal of each plan without a network, and closes both pages. */
async function wroteAway(phone: Page, drafts: readonly Draft[]): Promise<void> {
  const context = phone.context()
  const pages: Page[] = []
  for (const { planId, goalId } of drafts) {
    const page = await context.newPage()
    await page.goto(`${server.base}/plan/${planId}/doel/${goalId}`)
    await page.getByText('Alles is bewaard').first().waitFor()
    pages.push(page)
  }
  await phone.close()
  await context.setOffline(true)
  for (const [at, page] of pages.entries()) {
    await page.bringToFront()
    await field(page).click()
    await page.keyboard.press('Control+End')
    const words = `Woorden van ${drafts[at]!.planId}.`
    await page.keyboard.type(words)
    await page.getByText('Geen internet').first().waitFor()
    await expect.poll(async () => (await goalsOn(page)).join()).toContain(words)
  }
  for (const page of pages) await page.close()
}

test('words for the plan that stays outlive the end of the other, and are sent from home', async () => {
  const drafts = [await newGoal(ENDS), await newGoal(STAYS)] as const
  const phone = await hers()
  const context = phone.context()
  await wroteAway(phone, drafts)
  await end()
  await context.setOffline(false)
  const home = await context.newPage()
  await home.goto(`${server.base}/thuis`)
  await expect.poll(() => keptOf(home, ENDS)).toBe(0)
  expect(await keptOf(home, STAYS)).toBeGreaterThan(0)
  await expect.poll(() => textOf(drafts[1]), { timeout: 20_000 }).toBe(`Woorden van ${STAYS}.`)
  await expect.poll(() => home.getByText('nog niet is verstuurd').count()).toBe(0)
  expect(await textOf(drafts[0])).toBe('')
  await context.close()
})

test('words for a goal that was presented meanwhile are found from home', async () => {
  const drafts = [await newGoal(ENDS), await newGoal(STAYS)] as const
  const words = 'Henk gaat vissen.'
  const lead = new Pen(
    server.base.replace('http', 'ws'),
    drafts[1].documentId,
    leads[STAYS]!.cookie,
  )
  await lead.synced()
  ;(goalOf(lead.doc).goal.get('plainText') as Y.Text).insert(0, words)
  await lead.stored()
  lead.close()
  const phone = await hers()
  const context = phone.context()
  await wroteAway(phone, drafts)
  const presented = await leads[STAYS]!.call('POST', `/api/goals/${drafts[1].goalId}/present`, {})
  expect(presented.status).toBe(200)
  await end()
  await context.setOffline(false)
  const home = await context.newPage()
  await home.goto(`${server.base}/thuis`)
  await home.getByText('Uw tekst is niet weg.').waitFor()
  expect(await violations(home)).toEqual([])
  await home.getByRole('link', { name: 'Bekijk uw tekst' }).tap()
  await home.waitForURL(`**/doel/${drafts[1].goalId}`)
  await home.getByRole('heading', { name: 'Uw tekst is niet weg' }).waitFor()
  await expect.poll(() => home.textContent('main')).toContain(`Woorden van ${STAYS}.`)
  expect(await textOf(drafts[1])).toBe(words)
  await context.close()
})

/** Holds back what the server says of ended access, until it is let through. */
async function unheard(phone: Page): Promise<() => void> {
  const held: (() => void)[] = []
  let open = false
  await phone.routeWebSocket(/\/socket\.io\//, (line) => {
    const toServer = line.connectToServer()
    line.onMessage((said) => toServer.send(said))
    toServer.onMessage((said) => {
      if (!open && /"ended"|no-access/.test(String(said))) held.push(() => line.send(said))
      else line.send(said)
    })
  })
  return () => {
    open = true
    for (const say of held) say()
  }
}

test('words she adds at home stay before her when the other plan changes after her access ended', async () => {
  const words = 'Zij wil op zondag bellen.'
  const phone = await finger(people, PHONE)
  await seated(phone, server.base, MARJAN)
  const hear = await unheard(phone)
  await phone.goto(`${server.base}/thuis`)
  await phone.waitForLoadState('networkidle')
  const ways = phone.getByRole('link', { name: 'Het plan bekijken' })
  const hrefs = await ways.evaluateAll((all) => all.map((one) => one.getAttribute('href')))
  const adding = phone.getByRole('button', { name: 'Ik wil iets toevoegen' })
  await adding.nth(hrefs.indexOf(`/plan/${ENDS}`)).tap()
  await phone.getByLabel('Wat wilt u zeggen?').fill(words)
  await end()
  await meetingOf(leads[STAYS]!, STAYS, [await idAt(STAYS)])
  await phone.getByText('Het gesprek komt eraan').waitFor({ state: 'attached' })
  await expect.poll(() => phone.getByLabel('Wat wilt u zeggen?').inputValue()).toBe(words)
  hear()
  await phone.getByText('Uw toegang is gestopt.').waitFor({ state: 'attached' })
  await tap(phone, 'Deel dit nu')
  await phone.getByText('Dit is niet aangekomen. Uw woorden staan nog hier.').waitFor()
  expect(await phone.getByLabel('Wat wilt u zeggen?').inputValue()).toBe(words)
  await phone.context().close()
  expect(people.faults).toEqual([])
})
