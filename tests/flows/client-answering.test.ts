/** The client answers a long goal that has things to do: she sees all of it, and a nee counts at once. */
import { expect, test } from 'vitest'
import type { Page } from 'playwright'
import { afterAll, beforeAll } from '../anew.ts'
import { PHONE, screens, TABLET, violations, type Screens } from '../browser.ts'
import { caller, start, type Caller, type Running } from '../process.ts'
import { finger, heading, laidBefore, seated, tap } from '../touch.ts'

const FORTY =
  'Ria loopt elke dag na de koffie samen met iemand van het team door de tuin naar de rozen ' +
  'en terug, ook als het een beetje regent, want buiten zijn is voor haar heel belangrijk en ' +
  'dan slaapt zij goed.'

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

const toDo = () => [
  { what: 'loopt na de koffie mee naar de rozen', who: ids.fatima!, when: 'Elke dag om half elf' },
  { what: 'zet de stoel klaar en pakt een deken', who: ids.marjan!, when: 'Als het koud is' },
  { what: 'kijkt of het lopen goed gaat', who: ids.joost!, when: 'Elke dinsdag' },
]
const asked = () => ({ parties: [ids.marjan] })

/** All of it is on the screen at once, nothing under the foot, and axe finds nothing. */
async function isWhole(page: Page, words: readonly string[]): Promise<void> {
  const over = () => page.evaluate(() => document.documentElement.scrollHeight - window.innerHeight)
  await expect.poll(over).toBeLessThanOrEqual(0)
  const foot = (await page.locator('footer').boundingBox())!.y
  for (const text of words) {
    const box = await page.getByText(text).first().boundingBox()
    expect(box!.y + box!.height).toBeLessThanOrEqual(foot)
  }
  const buttons = await page.locator('main button:visible').all()
  for (const button of buttons) {
    const box = (await button.boundingBox())!
    expect(box.y + box.height).toBeLessThanOrEqual(foot)
    expect(box.height).toBeGreaterThanOrEqual(63.5)
  }
  expect(await violations(page)).toEqual([])
}

const answersTo = async (id: string) => {
  const { body } = await fatima.call('GET', `/api/goals/${id}`)
  const { answers } = body as { answers: { partyId: string; answer: string; remark: string }[] }
  return answers.filter(({ partyId }) => partyId === ids.ria).map((a) => [a.answer, a.remark])
}

test.each([
  ['phone', PHONE],
  ['tablet', TABLET],
])('on a %s she sees who does what at the question and at the second look', async (_name, size) => {
  const goal = await laidBefore(server.base, fatima, 'plan-01', FORTY, asked(), toDo())
  const page = await finger(people, size)
  await seated(page, server.base, 'ria@plan-01.example')
  await page.goto(`${server.base}/klant/plan-01`)
  await page.waitForLoadState('networkidle')
  await tap(page, 'Verder')
  const all = [FORTY, 'mee naar de rozen', 'pakt een deken', 'lopen goed gaat']
  await page.getByText(FORTY).waitFor()
  await isWhole(page, all)
  await tap(page, 'Verder')
  await page.getByRole('heading', { name: 'Klopt dit voor u?' }).waitFor()
  await isWhole(page, all)
  await tap(page, 'Ja, dat klopt')
  await heading(page, 'U zegt Ja tegen:')
  await isWhole(page, all)
  await tap(page, 'Toch niet')
  await tap(page, 'Nee')
  await heading(page, 'U zegt Nee tegen:')
  await isWhole(page, all)
  expect(await answersTo(goal.id)).toEqual([]) // nothing counts before the second look
  await tap(page, 'Goed zo')
  await heading(page, 'Dat mag.')
  expect(await answersTo(goal.id)).toEqual([['no', '']])
  await isWhole(page, [])
  await tap(page, 'Wanneer')
  await heading(page, 'Uw nee is aangekomen.')
  const withReason = ['no', 'Wanneer']
  expect(await answersTo(goal.id)).toEqual([['no', ''], withReason])
  await tap(page, 'Terug') // she may say something else after all
  await page.getByText('U zei net: nee.').waitFor()
  await page.context().close()
  expect(people.faults).toEqual([])
})

test('a reason that does not arrive leaves her nee as it is', async () => {
  const goal = await laidBefore(server.base, fatima, 'plan-01', 'Ria gaat op zondag zwemmen.')
  const page = await finger(people, PHONE)
  await seated(page, server.base, 'ria@plan-01.example')
  await page.goto(`${server.base}/klant/plan-01`)
  await page.waitForLoadState('networkidle')
  await tap(page, 'Verder')
  await page.getByText('Ria gaat op zondag zwemmen.').waitFor()
  await tap(page, 'Verder')
  await tap(page, 'Nee')
  await tap(page, 'Goed zo')
  await heading(page, 'Dat mag.')
  await page.route('**/api/plans/plan-01/client', (route) =>
    route.request().method() === 'POST' ? route.abort() : route.continue(),
  )
  await tap(page, 'Ik wil dit niet')
  await heading(page, 'Uw nee is bewaard. Wat u erbij zei, is niet aangekomen.')
  expect(await answersTo(goal.id)).toEqual([['no', '']])
  await page.context().close()
})

test.each([
  [1440, 900],
  [1024, 768],
  [768, 1024],
  [390, 844],
])(
  'at %i by %i she reads who does what from the board and answers without scrolling',
  async (w, h) => {
    const { body } = await fatima.call('GET', '/api/plans/plan-01')
    const { goals } = body as { goals: { id: string; words: { actions: unknown[] } }[] }
    const { id } = goals.find(({ words }) => words.actions.length === 3)! // and what she said of it
    await fatima.call('POST', `/api/goals/${id}/revise`, {})
    expect((await fatima.call('POST', `/api/goals/${id}/present`, asked())).status).toBe(200)
    const page = await finger(people, { width: w, height: h })
    await seated(page, server.base, 'ria@plan-01.example')
    await page.goto(`${server.base}/plan/plan-01/doel/${id}`)
    const answers = page.getByRole('group', { name: 'Klopt dit voor u?' }).getByRole('button')
    await answers.first().waitFor()
    for (const answer of await answers.all()) {
      const { y, height } = (await answer.boundingBox())!
      expect(y + height).toBeLessThanOrEqual(h)
      expect(height).toBeGreaterThanOrEqual(63.5)
    }
    await page.evaluate(() => scrollTo(0, document.body.scrollHeight)) // and when she read to the end
    for (const answer of await answers.all()) {
      const { y, height } = (await answer.boundingBox())!
      expect([y >= 0, y + height <= h]).toEqual([true, true])
    }
    await page.evaluate(() => scrollTo(0, 0)) // and what has the focus is not under them
    const more = page.locator('summary', { hasText: 'woorden voor de zorg' })
    await more.focus()
    const at = (await more.boundingBox())!
    const under = (one: { x: number; y: number }) =>
      one.x < at.x + at.width && one.y < at.y + at.height
    expect(under((await answers.first().boundingBox())!)).toBe(false)
    expect(await violations(page)).toEqual([])
    const letter = await page.evaluate(() => parseFloat(getComputedStyle(document.body).fontSize))
    expect(letter).toBeGreaterThanOrEqual(20)
    await page.context().close()
  },
)

test('at 400 % the answers come after the words and cover none of them', async () => {
  const { id } = await laidBefore(server.base, fatima, 'plan-01', FORTY, asked(), toDo())
  const page = await finger(people, { width: 320, height: 256 })
  await seated(page, server.base, 'ria@plan-01.example')
  await page.goto(`${server.base}/plan/plan-01/doel/${id}`)
  const words = (await page.getByText('Elke dinsdag').boundingBox())!
  const yes = (await page.getByRole('button', { name: 'Ja, dat klopt' }).boundingBox())!
  expect(yes.y).toBeGreaterThan(words.y + words.height)
  await page.context().close()
})

test('on a phone she is told that words are still under the answers, until she read them', async () => {
  const { id } = await laidBefore(server.base, fatima, 'plan-01', FORTY, asked(), toDo())
  const page = await finger(people, PHONE)
  await seated(page, server.base, 'ria@plan-01.example')
  await page.goto(`${server.base}/plan/plan-01/doel/${id}`)
  const onward = page.getByRole('button', { name: 'Lees eerst verder' })
  const at = (await onward.boundingBox())!
  expect(at.height).toBeGreaterThanOrEqual(63.5)
  const yes = (await page.getByRole('button', { name: 'Ja, dat klopt' }).boundingBox())!
  expect([yes.y > at.y + at.height, yes.width > 300]).toEqual([true, true])
  await onward.focus()
  for (let times = 0; times < 5 && (await onward.count()) > 0; times++) await onward.tap()
  await onward.waitFor({ state: 'detached' })
  const words = (await page.getByText('Elke dinsdag').boundingBox())!
  const question = page.getByRole('heading', { name: 'Klopt dit voor u?' })
  expect(words.y + words.height).toBeLessThan((await question.boundingBox())!.y)
  expect(await question.evaluate((one) => one === document.activeElement)).toBe(true)
  await page.context().close()
})
