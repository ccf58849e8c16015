/** By taps alone on a phone: other words and a renewed yes, going along in a meeting, and a lock while away. */
import { expect, test } from 'vitest'
import type { Page } from 'playwright'
import * as Y from 'yjs'
import type { GoalView } from '#live/wire.ts'
import { afterAll, beforeAll } from '../anew.ts'
import { PHONE, screens, violations, type Screens } from '../browser.ts'
import { meetingOf } from '../meetings.ts'
import { caller, start, type Caller, type Running } from '../process.ts'
import { Pen } from '../table.ts'
import { finger, laidBefore, seated, tap } from '../touch.ts'

let server: Running
let people: Screens
let fatima: Caller
let ids: Record<string, string>
const idsOf = async (who: Caller, planId: string) => {
  const { body } = await who.call('GET', `/api/plans/${planId}`)
  const plan = body as { people: { id: string; key: string }[] }
  return Object.fromEntries(plan.people.map(({ key, id }) => [key, id]))
}
beforeAll(async () => {
  server = await start()
  people = await screens(server.base)
  fatima = await caller(server.base, 'fatima@plan-01.example')
  ids = await idsOf(fatima, 'plan-01')
})
afterAll(async () => {
  await people.close()
  await server.stop()
})

const goalOf = async (who: Caller, id: string) =>
  (await who.call('GET', `/api/goals/${id}`)).body as GoalView
/** As wide as the phone, and axe finds nothing. */
async function fits(page: Page): Promise<void> {
  const wide = () => page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
  await expect.poll(wide).toBeLessThanOrEqual(0)
  expect(await violations(page)).toEqual([])
}

test('her yes falls away with other words; she sees them word by word and says yes again', async () => {
  const parties = [ids.marjan!]
  const words = 'Ria drinkt koffie in de tuin.'
  const { id } = await laidBefore(server.base, fatima, 'plan-01', words, { parties })
  const phone = await finger(people, PHONE)
  await seated(phone, server.base, 'marjan@plan-01.example')
  await phone.goto(`${server.base}/plan/plan-01/doel/${id}`)
  const group = phone.getByRole('group', { name: 'Zegt u hier ja tegen?' })
  await group.getByText('Ja', { exact: true }).tap()
  await tap(phone, 'Goed zo')
  await phone.getByText('U zei:').waitFor()

  const again = (await fatima.call('POST', `/api/goals/${id}/revise`, {})).body as {
    documentId: string
  }
  const pen = await new Pen(server.base, again.documentId, fatima.cookie).synced()
  const text = pen.doc.getMap('goal').get('plainText') as Y.Text
  text.delete('Ria drinkt '.length, 'koffie'.length)
  text.insert('Ria drinkt '.length, 'thee')
  await pen.stored()
  pen.close()
  const laid = await fatima.call('POST', `/api/goals/${id}/present`, { parties })
  expect(laid.status).toBeLessThan(300)

  const changed = phone.getByRole('region', { name: /Uw ja geldt niet meer/ })
  await changed.waitFor()
  const said = async (tag: string) => (await changed.locator(tag).allTextContents()).join(' ')
  await expect.poll(() => said('del')).toMatch(/weg.*koffie/s) // in words too, for who does not see the line
  await expect.poll(() => said('ins')).toMatch(/nieuw.*thee/s)
  expect(await said('del')).not.toContain('tuin') // only the word that is other
  await fits(phone)
  await tap(phone, 'Ja, ook tegen deze tekst')
  await phone.getByText('U zei:').waitFor()
  const { answers, version, hash } = await goalOf(fatima, id)
  const hers = answers.filter(({ partyId }) => partyId === ids.marjan)
  expect(hers.map((one) => [one.answer, one.version])).toEqual([
    ['yes', version! - 1],
    ['yes', version],
  ])
  expect(hers.at(-1)!.hash).toBe(hash)
  await phone.context().close()
})

test('in a meeting she goes along with who leads, looks by herself, and raises her hand', async () => {
  const parties = [ids.marjan!]
  const made = await Promise.all(
    ['Ria bakt op vrijdag.', 'Ria belt op zondag.'].map((words) =>
      laidBefore(server.base, fatima, 'plan-01', words, { parties }),
    ),
  )
  const { id: meeting, step } = await meetingOf(fatima, 'plan-01', [ids.marjan!])
  const bring = (at: number) =>
    step({ do: 'bring', goal: made[at]!.id, title: at === 0 ? 'Ria bakt' : 'Ria belt' })
  await step({ do: 'start' })
  const phone = await finger(people, PHONE)
  await seated(phone, server.base, 'marjan@plan-01.example')
  await phone.goto(`${server.base}/plan/plan-01`)
  const bar = phone.getByRole('region', { name: 'Het gesprek' })
  await bar.getByText(/^Fatima is nu bij:/).waitFor()
  await fits(phone)
  await bring(0)
  await bar.getByText('Fatima is nu bij: Ria bakt').waitFor()
  expect(phone.url()).not.toContain('/doel/') // nobody is taken along who did not ask
  await bar.getByText('Ga mee', { exact: true }).tap()
  await phone.waitForURL(`**/doel/${made[0]!.id}`)
  await bar.getByText('U kijkt mee met Fatima').waitFor()
  await fits(phone)
  const sizes = await bar
    .locator('button, a')
    .filter({ visible: true })
    .evaluateAll((all) => all.map((one) => one.getBoundingClientRect().height))
  expect(Math.min(...sizes)).toBeGreaterThanOrEqual(47.5)
  await bring(1)
  await phone.waitForURL(`**/doel/${made[1]!.id}`)
  await bar.getByText('Zelf kijken').tap()
  await bring(0)
  await bar.getByText('Fatima is nu bij: Ria bakt').waitFor()
  expect(phone.url()).toContain(made[1]!.id)
  // the bar is a calm line or two, and one's hand stands below
  const high = async () => (await bar.boundingBox())!.height
  expect(await high()).toBeLessThanOrEqual(72)
  await phone.getByRole('button', { name: 'Iets zeggen', exact: true }).tap()
  const hands = async () => {
    const { body } = await fatima.call('GET', `/api/meetings/${meeting}`)
    return (body as { hands: { person: string }[] }).hands.map(({ person }) => person)
  }
  await expect.poll(hands).toEqual([ids.marjan])
  await phone.getByRole('button', { name: 'Laat maar' }).tap()
  await expect.poll(hands).toEqual([])
  await step({ do: 'point', words: 'Ria belt elke zondag met haar zus.', target: made[0]!.id })
  await bar.getByText('Fatima wijst iets aan').waitFor()
  expect(await high()).toBeLessThanOrEqual(72)
  await step({ do: 'finish' })
  await bar.waitFor({ state: 'detached' })
  await phone.getByText('Het gesprek is klaar').waitFor() // who was in it is told, and led on
  await phone.getByRole('link', { name: 'Lees het verslag' }).waitFor()
  await phone.context().close()
})

test('who decides for the client writes while away, and finds the goal laid before people', async () => {
  const naima = await caller(server.base, 'naima@plan-02.example')
  const theirs = await idsOf(naima, 'plan-02')
  const mentor = { role: 'mentor', because: 'Beschikking van de rechter van 3 mei 2026.' }
  const path = `/api/plans/plan-02/people/${theirs.sjoerd}/representation`
  expect((await naima.call('POST', path, mentor)).status).toBeLessThan(300)
  const goal = (await naima.call('POST', '/api/plans/plan-02/goals', { area: 'living' })).body as {
    id: string
    documentId: string
  }
  const words = 'Henk zit elke middag bij het raam.'
  const pen = await new Pen(server.base, goal.documentId, naima.cookie).synced()
  ;(pen.doc.getMap('goal').get('plainText') as Y.Text).insert(0, words)
  await pen.stored()
  pen.close()

  const phone = await finger(people, PHONE)
  await seated(phone, server.base, 'sjoerd@plan-02.example')
  await phone.goto(`${server.base}/plan/plan-02/doel/${goal.id}`)
  const field = phone.getByRole('textbox', { name: 'Waar gaan we voor?' })
  await expect.poll(() => field.inputValue()).toBe(words)
  await phone.getByText('Alles is bewaard').first().waitFor()
  await phone.context().setOffline(true)
  await field.tap()
  await phone.keyboard.press('Control+End')
  await phone.keyboard.insertText(' Met koffie.')
  await phone.getByText('Geen internet').first().waitFor()
  const laid = await naima.call('POST', `/api/goals/${goal.id}/present`, {
    parties: [theirs.sjoerd],
  })
  expect(laid.status).toBeLessThan(300)
  await phone.context().setOffline(false)
  await phone.getByText('Uw tekst is niet weg').first().waitFor()
  await fits(phone)
  const now = await goalOf(naima, goal.id)
  expect(now.words.plainText).toBe(words) // nothing of it slipped into what lies before people
  expect(now.answers.filter(({ partyId }) => partyId === theirs.sjoerd)).toEqual([]) // nor an answer
  await tap(phone, 'Stuur als voorstel')
  await expect
    .poll(async () => (await goalOf(naima, goal.id)).proposals.map((one) => one.words.plainText))
    .toEqual([`${words} Met koffie.`])
  await phone.context().close()
  expect(people.faults).toEqual([])
})
