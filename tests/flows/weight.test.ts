/** How heavy the board is to open, on the plan as the demo brings it. */
import { expect, test } from 'vitest'
import { afterAll, beforeAll } from '../anew.ts'
import { screens, type Screens } from '../browser.ts'
import { start, type Running } from '../process.ts'
import { weigh } from '../weight.ts'

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

/** What a page fetches ahead begins this long after it is there. */
const AHEAD_MS = 5000

test('the board opens with no more than 110 KiB of script', async () => {
  const seat = await people.sit('Fatima')
  const page = await seat.context().newPage()
  // nothing is fetched ahead, however slow the machine
  await page.addInitScript((long) => {
    const set = window.setTimeout
    const soon = (act: () => void, ms = 0) => (ms < long ? set(act, ms) : 0)
    window.setTimeout = soon as typeof window.setTimeout
  }, AHEAD_MS)
  const loaded = weigh(page)
  await page.goto(seat.url())
  await page.getByText('Alles is bewaard').waitFor()
  const kib = await loaded()
  expect(kib).toBeGreaterThan(50)
  expect(kib).toBeLessThanOrEqual(110)
})
