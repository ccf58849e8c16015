/** A relative on her phone: in by a link, an answer on a bad line, and out; by taps alone, over a real mail server. */
import { expect, test } from 'vitest'
import type { Page } from 'playwright'
import { afterAll, beforeAll } from '../anew.ts'
import { PHONE, screens, TABLET, violations, type Screens } from '../browser.ts'
import { meetingOf } from '../meetings.ts'
import { postbox, type Postbox } from '../postbox.ts'
import { caller, start, type Caller, type Running } from '../process.ts'
import { finger, heading, laidBefore, seated, tap } from '../touch.ts'
import { until } from '../table.ts'

let box: Postbox
let server: Running
let people: Screens
let fatima: Caller
let ria: Caller
let ids: Record<string, string>
beforeAll(async () => {
  box = await postbox()
  server = await start({ SMTP_URL: box.url, DEMO: '1' })
  people = await screens(server.base)
  fatima = await caller(server.base, 'fatima@plan-01.example')
  ria = await caller(server.base, 'ria@plan-01.example')
  const { body } = await fatima.call('GET', '/api/plans/plan-01')
  const plan = body as { people: { id: string; key: string }[] }
  ids = Object.fromEntries(plan.people.map(({ key, id }) => [key, id]))
})
afterAll(async () => {
  await people.close()
  await server.stop()
  await box.close()
})

const isIn = (page: Page, words: string) =>
  page.evaluate((text) => document.body.innerText.includes(text), words)

test('a link from the mail opens her home on the phone that opened it, and on no other', async () => {
  const asked = {
    name: 'Kees Hofland',
    email: 'kees@example.org',
    role: 'relative',
    consent: 'Ja.',
  }
  expect((await ria.call('POST', '/api/plans/plan-01/people', asked)).status).toBe(201)
  let path = ''
  await until(() => {
    const letter = box.letters.find(({ to }) => to?.some((one) => one.address === asked.email))
    path = /\/link\/[\w-]+/.exec(letter?.text ?? '')?.[0] ?? ''
    expect(`${letter?.subject} ${letter?.text} ${letter?.html}`).not.toMatch(/Hofland|rozen/)
    return path !== ''
  }, 15_000)
  const phone = await finger(people, PHONE)
  await phone.goto(`${server.base}${path}`)
  await heading(phone, /Bent u Kees/)
  expect(await violations(phone)).toEqual([])
  await tap(phone, 'Ja, dat ben ik')
  await heading(phone, 'Dag Kees.')
  const other = await finger(people, TABLET)
  await other.goto(`${server.base}${path}`)
  await other.getByRole('heading', { level: 1 }).waitFor()
  await expect.poll(() => other.getByRole('button', { name: 'Ja, dat ben ik' }).count()).toBe(0)
  expect(await violations(other)).toEqual([])
  await other.goto(`${server.base}/thuis`)
  expect(new URL(other.url()).pathname).toBe('/inloggen') // the link alone let nobody in here
  await phone.context().close()
  await other.context().close()
})

test('an answer on the way when the internet goes ends in the truth, and counts once', async () => {
  const asked = { parties: [ids.marjan!] }
  const { id } = await laidBefore(
    server.base,
    fatima,
    'plan-01',
    'Ria loopt elke dag door de tuin.',
    asked,
  )
  const phone = await finger(people, PHONE)
  await seated(phone, server.base, 'marjan@plan-01.example')
  await phone.goto(`${server.base}/thuis`)
  await phone.getByRole('heading', { name: 'Dit wacht op uw antwoord' }).waitFor()
  await phone.goto(`${server.base}/plan/plan-01/doel/${id}`)
  const choose = (word: string) =>
    phone
      .getByRole('group', { name: 'Zegt u hier ja tegen?' })
      .getByText(word, { exact: true })
      .tap()
  await choose('Nee')
  await tap(phone, 'Toch niet') // a wrong tap
  await choose('Ja')
  await phone.context().setOffline(true)
  await tap(phone, 'Goed zo')
  await phone.getByText('Geen internet. Dit antwoord is niet verstuurd: ja').waitFor()
  await phone.getByText('Geen internet. U ziet wat hier het laatst stond.').waitFor()
  expect(await answers(id)).toEqual([])
  await phone.context().setOffline(false)
  // connected again, and her answer still lies here: nothing says that all is saved
  await phone.getByText('Geen internet.').first().waitFor({ state: 'detached' })
  await phone.getByText('Dit antwoord is niet aangekomen: ja').waitFor()
  expect(await answers(id)).toEqual([]) // nor was it sent by itself
  expect(await phone.getByText('Alles is bewaard').count()).toBe(0)
  await expect
    .poll(
      async () => {
        const again = phone.getByRole('button', { name: 'Probeer opnieuw' })
        if (await again.isVisible()) await again.tap()
        return phone.getByText('U zei:').isVisible()
      },
      { interval: 1000 },
    )
    .toBe(true)
  expect(await answers(id)).toEqual(['yes'])
  await phone.context().close()
})
const answers = async (id: string) => {
  const { body } = await fatima.call('GET', `/api/goals/${id}`)
  const goal = body as { answers: { partyId: string; answer: string }[] }
  return goal.answers.filter(({ partyId }) => partyId === ids.marjan).map(({ answer }) => answer)
}

test('her home follows the talk and what waits for her, without being opened anew', async () => {
  const phone = await finger(people, PHONE)
  await seated(phone, server.base, 'marjan@plan-01.example')
  await phone.goto(`${server.base}/thuis`)
  await phone.waitForLoadState('networkidle')
  const goesOn = phone.getByRole('heading', { name: 'Het gesprek is nu bezig' })
  await expect.poll(() => goesOn.count()).toBe(0)
  const meeting = await meetingOf(fatima, 'plan-01', [ids.marjan!])
  await meeting.step({ do: 'start' })
  await goesOn.waitFor()
  const waits = () => phone.locator('section[aria-labelledby^="waits-"]').allInnerTexts()
  const before = await waits()
  const words = 'Ria zit elke middag in de zon.'
  await laidBefore(server.base, fatima, 'plan-01', words, { parties: [ids.marjan!] })
  await expect.poll(waits).not.toEqual(before)
  await meeting.step({ do: 'finish' })
  await goesOn.waitFor({ state: 'detached' })
  expect(await violations(phone)).toEqual([])
  await phone.context().close()
})

test('when her access ends while she reads, the page is empty by itself', async () => {
  const phone = await finger(people, PHONE)
  await seated(phone, server.base, 'marjan@plan-01.example')
  const { body } = await fatima.call('GET', '/api/plans/plan-01')
  const goal = (
    body as { goals: { id: string; state: string; words: { plainText: string } }[] }
  ).goals.find(({ state }) => state === 'agreed')!
  const { plainText } = goal.words
  await phone.goto(`${server.base}/plan/plan-01/doel/${goal.id}`)
  await phone.waitForLoadState('networkidle')
  await expect.poll(() => isIn(phone, plainText)).toBe(true)
  const home = await finger(people, PHONE) // and her other phone lies open at home
  await seated(home, server.base, 'marjan@plan-01.example')
  await home.goto(`${server.base}/thuis`)
  await home.waitForLoadState('networkidle')
  const does = 'stevige schoenen'
  expect(await isIn(home, does)).toBe(true)
  const ended = await ria.call('DELETE', `/api/plans/plan-01/people/${ids.marjan}`, {})
  expect(ended.status).toBeLessThan(300)
  const shown = async () => [await isIn(phone, plainText), await isIn(home, does)]
  await expect.poll(shown, { interval: 50 }).toEqual([false, false])
  expect(await violations(phone)).toEqual([])
  await home.getByText('Uw toegang is gestopt.').waitFor()
  expect(await violations(home)).toEqual([])
  await home.context().close()
  await phone.context().close()
  expect(people.faults).toEqual([])
})
