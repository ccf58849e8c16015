/** What lies on the table in a meeting, for who leads and for who is asked, on their own screens. */
import { expect, test } from 'vitest'
import { afterAll, beforeAll } from '../anew.ts'
import { PHONE, screens, TABLET, type Screens } from '../browser.ts'
import { meetingOf, type Planned } from '../meetings.ts'
import { caller, start, type Caller, type Running } from '../process.ts'
import { finger, laidBefore, seated } from '../touch.ts'

let server: Running
let people: Screens
let fatima: Caller
let meeting: Planned
beforeAll(async () => {
  server = await start()
  people = await screens(server.base)
  fatima = await caller(server.base, 'fatima@plan-01.example')
})
afterAll(async () => {
  await people.close()
  await server.stop()
})

type Plan = { people: { id: string; key: string }[] }
type Meeting = { agenda: { id: string; kind: string; cardId: string | null }[] }
async function begin(): Promise<Meeting> {
  const { body } = await fatima.call('GET', '/api/plans/plan-01')
  const all = (body as Plan).people.map(({ id }) => id)
  meeting = await meetingOf(fatima, 'plan-01', all)
  await meeting.step({ do: 'start' })
  return (await fatima.call('GET', `/api/meetings/${meeting.id}`)).body as Meeting
}
const talk = () => `${server.base}/plan/plan-01/gesprek`

test('who is not at the goal reads along while it is written on the table', async () => {
  await begin()
  const writes = await people.sit('Fatima')
  const reads = await people.sit('Marjan', PHONE)
  await reads.goto(talk())
  await writes.getByRole('button', { name: 'Nieuw doel' }).click()
  await writes.getByRole('button', { name: /^Wonen en mijn dag/ }).click()
  await writes.waitForURL('**/doel/*')
  await writes.getByRole('button', { name: 'Zet dit doel op tafel' }).click()
  const sheet = reads.locator('section.on')
  await sheet.getByText('Een nieuw doel, nog zonder woorden').waitFor()
  await writes.getByRole('textbox', { name: 'Waar gaan we voor?' }).fill('Ria slaapt uit.')
  await sheet.getByRole('heading', { name: 'Ria slaapt uit.', level: 3 }).waitFor()
  await reads.locator('[aria-current=step]').getByText('Ria slaapt uit').waitFor()
  expect(people.faults).toEqual([])
})

test('who leads comes from a wish to its card on the board, with the bar of the talk whole', async () => {
  const { agenda } = await begin()
  const wish = agenda.find(({ kind }) => kind === 'wish')!
  await meeting.step({ do: 'go-to', item: wish.id })
  const page = await people.sit('Fatima')
  await page.goto(talk())
  await page.getByRole('link', { name: 'Kijk op het bord' }).click()
  const card = page.locator(`[data-card="${wish.cardId}"]`)
  const bar = page.locator('.follow-bar')
  await bar.waitFor()
  /** What one meets in the middle of each of these, where it lies in the window. */
  const uncovered = async () => {
    const hits = [card, bar.getByRole('button', { name: 'Volgend punt' }), bar.locator('a.where')]
    return Promise.all(
      hits.map((part) =>
        part.evaluate((element) => {
          const { left, top, bottom, width } = element.getBoundingClientRect()
          return [top + 1, bottom - 1].every((y) => {
            const met = document.elementFromPoint(left + width / 2, y)
            return met !== null && element.contains(met)
          })
        }),
      ),
    )
  }
  await expect.poll(uncovered).toEqual([true, true, true])
  expect(await page.evaluate(() => scrollY)).toBeGreaterThan(0)
  expect(people.faults).toEqual([])
})

test('whose answer is asked finds the way to it before the words, in the window of a tablet', async () => {
  await begin()
  const goal = await laidBefore(server.base, fatima, 'plan-01', 'Ria zit op het balkon.')
  await meeting.step({ do: 'bring', goal: goal.id, title: 'Het balkon' })
  const marjan = await people.sit('Marjan', TABLET)
  await marjan.goto(talk())
  await marjan.getByRole('link', { name: 'Open het doel' }).waitFor() // she is not asked
  const ria = await finger(people, TABLET)
  await seated(ria, server.base, 'ria@plan-01.example')
  await ria.goto(talk())
  const way = ria.getByRole('link', { name: 'Lezen en antwoorden' })
  await way.waitFor()
  const isInView = () =>
    way.evaluate((link) => {
      const { left, width, bottom } = link.getBoundingClientRect()
      return link.contains(document.elementFromPoint(left + width / 2, bottom - 4))
    })
  await expect.poll(isInView).toBe(true)
  await way.tap()
  await ria.getByRole('button', { name: 'Ja, dat klopt' }).waitFor()
  expect(people.faults).toEqual([])
})
