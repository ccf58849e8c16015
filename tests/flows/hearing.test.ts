/** What somebody chose to hear of others decides what is read aloud to them; a lock is told to everybody. */
import { expect, test } from 'vitest'
import type { Page } from 'playwright'
import type * as Y from 'yjs'
import { afterAll, beforeAll } from '../anew.ts'
import { screens, type Screens } from '../browser.ts'
import { caller, start, type Caller, type Running } from '../process.ts'
import { Pen } from '../table.ts'

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

const PRESENTED = 'Dit doel is nu voorgelegd; u kunt niet meer typen.'
const AGREED = 'Dit doel is nu afgesproken; u kunt niet meer typen.'
const DIGEST = 'Marjan veranderde één ding.'

/** Somebody chooses what to hear, and opens the goal; the time of the page stands in our hand. */
async function listening(name: string, choice: string, path: string): Promise<Page> {
  const page = await people.sit(name)
  await page.goto(`${server.base}/lezen-en-zien`)
  await page
    .getByRole('group', { name: /^Wat hoort u/ })
    .getByRole('radio', { name: choice })
    .check()
  await page.getByRole('button', { name: 'Bewaar' }).click()
  await page.waitForURL((url) => url.pathname !== '/lezen-en-zien')
  await page.goto(server.base + path)
  await page.getByText('Alles is bewaard').waitFor()
  await page.clock.install()
  await page.evaluate(() => {
    const heard: string[] = []
    Object.assign(window, { heard })
    for (const region of document.querySelectorAll('body div.vh:is([role=status], [role=alert])'))
      new MutationObserver(() => region.textContent && heard.push(region.textContent)).observe(
        region,
        { childList: true, characterData: true, subtree: true },
      )
  })
  return page
}
/** Everything that was read aloud, each once, in order. */
const heard = async (page: Page) => [
  ...new Set(await page.evaluate(() => (window as unknown as { heard: string[] }).heard)),
]

test('all, only what matters, or quiet: edits, answers and locks are read aloud as was chosen', async () => {
  const [fatima, marjan, ria] = (await Promise.all(
    ['fatima', 'marjan', 'ria'].map((key) => caller(server.base, `${key}@plan-01.example`)),
  )) as [Caller, Caller, Caller]
  const made = (await fatima.call('POST', '/api/plans/plan-01/goals', { area: 'living' })).body as {
    id: string
    documentId: string
  }
  const path = `/plan/plan-01/doel/${made.id}`
  const all = await listening('Joost', 'Alles', path)
  const some = await listening('Joost', 'Alleen wat belangrijk is', path)
  const none = await listening('Joost', 'Stil', path)
  const everybody = [all, some, none]

  const pen = await new Pen(server.base, made.documentId, marjan.cookie).synced()
  const text = pen.doc.getMap('goal').get('plainText') as Y.Text
  text.insert(0, 'Ria eet om acht uur.')
  await pen.stored()
  await expect
    .poll(async () => {
      await all.clock.fastForward(11_000)
      return heard(all)
    })
    .toEqual([DIGEST])
  pen.close()
  for (const page of everybody) {
    const field = page.getByRole('textbox', { name: 'Waar gaan we voor?' })
    await expect.poll(() => field.inputValue()).toBe(text.toString())
    await page.clock.fastForward(11_000)
  }

  const { body } = await fatima.call('POST', `/api/goals/${made.id}/present`, { parties: [] })
  const { hash } = body as { hash: string }
  for (const page of everybody) await expect.poll(() => heard(page)).toContain(PRESENTED)

  const say = (who: Caller, key: string) => {
    const yes = { hash, answer: 'yes', method: 'own_device', key }
    return who.call('POST', `/api/goals/${made.id}/answers`, yes)
  }
  await say(ria, 'ria-1')
  for (const page of [all, some]) {
    await expect.poll(() => heard(page)).toContain('Er is een antwoord van Ria.')
  }
  await say(fatima, 'fatima-1') // the last yes
  for (const page of everybody) await expect.poll(() => heard(page)).toContain(AGREED)

  const told = ['Er is een antwoord van Ria.']
  expect(await heard(all)).toEqual([DIGEST, PRESENTED, ...told, AGREED])
  expect(await heard(some)).toEqual([PRESENTED, ...told, AGREED])
  expect(await heard(none)).toEqual([PRESENTED, AGREED])
  expect(people.faults).toEqual([])
})
