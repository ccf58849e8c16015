/** Who interprets waits, reads along while a talk goes on, and waits again: by itself, on their screen. */
import { expect, test } from 'vitest'
import { afterAll, beforeAll } from '../anew.ts'
import { screens, type Screens } from '../browser.ts'
import { meetingOf } from '../meetings.ts'
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

test('the screen of an interpreter opens when the talk begins and closes when it ends', async () => {
  const doctor = await caller(server.base, 'dejong@plan-04.example')
  const plan = (await doctor.call('GET', '/api/plans/plan-04')).body as {
    people: { id: string; role: string }[]
    goals: { words: { plainText: string } }[]
  }
  const tolk = plan.people.find(({ role }) => role === 'interpreter')!
  const words = plan.goals[0]!.words.plainText
  const { cookie } = await caller(server.base, 'tolk@plan-04.example')
  const context = await people.browser.newContext({ locale: 'nl-NL' })
  const [name, value] = cookie.split('=') as [string, string]
  await context.addCookies([{ name, value, url: server.base }])
  const page = await context.newPage()
  await page.goto(`${server.base}/plannen`)
  await page.getByRole('link', { name: 'Wacht op het gesprek' }).click()
  await page.getByText('Zodra het begint, gaat dit scherm vanzelf open').waitFor()
  expect(await page.content()).not.toContain(words)

  const meeting = await meetingOf(doctor, 'plan-04', [tolk.id])
  await meeting.step({ do: 'start' })
  await page.waitForFunction(() => !document.body.innerText.includes('nog niet begonnen'))
  await page.goto(`${server.base}/plan/plan-04`)
  await page.getByText('Alles is bewaard').waitFor()
  await expect.poll(() => page.locator('main').innerText()).toContain(words)

  await meeting.step({ do: 'finish' })
  await page.getByText('Het gesprek is nog niet begonnen').waitFor()
  expect(await page.content()).not.toContain(words)
  await context.close()
})
