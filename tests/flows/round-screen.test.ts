/** The confirm round as it is read from afar. */
import { expect, test } from 'vitest'
import { afterAll, beforeAll } from '../anew.ts'
import { screens, TELEVISION, type Screens } from '../browser.ts'
import { meetingOf } from '../meetings.ts'
import { caller, start, type Caller, type Running } from '../process.ts'
import { SeatSocket } from '../sockets.ts'
import { laidBefore } from '../touch.ts'

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

test('what somebody says with an answer stays clear of the next row, with every line below it', async () => {
  const [fatima, marjan] = (await Promise.all(
    ['fatima', 'marjan'].map((key) => caller(server.base, `${key}@plan-01.example`)),
  )) as [Caller, Caller]
  const { body } = await fatima.call('GET', '/api/plans/plan-01')
  const all = (body as { people: { id: string; key: string }[] }).people
  const id = (key: string) => all.find((one) => one.key === key)!.id
  const meeting = await meetingOf(
    fatima,
    'plan-01',
    all.map((one) => one.id),
  )
  await meeting.step({ do: 'start' })

  const context = await people.browser.newContext({ viewport: TELEVISION, locale: 'nl-NL' })
  const screen = await context.newPage()
  await screen.goto(`${server.base}/scherm`)
  const letters = (await screen.locator('.wait__code').textContent())!.replaceAll(/\s/g, '')
  const seat = new SeatSocket(server.base, fatima.cookie)
  await seat.admit(meeting.id, letters)
  const parties = ['marjan', 'joost'].map(id)
  const words = 'Ria zit elke middag op het balkon.'
  const goal = await laidBefore(server.base, fatima, 'plan-01', words, { parties })
  await meeting.step({ do: 'bring', goal: goal.id, title: words })
  const raise = { step: { do: 'raise' } }
  await marjan.call('POST', `/api/meetings/${meeting.id}/steps`, raise) // a line more at the foot
  const no = {
    hash: goal.hash,
    answer: 'no',
    method: 'own_device',
    key: 'no-1',
    remark: 'Het balkon is te koud. Liever zit Ria binnen bij het raam, met de kat op schoot.',
  }
  await marjan.call('POST', `/api/goals/${goal.id}/answers`, no)
  seat.close() // and the longest line: the chair is away
  await screen.getByText('Fatima is even weg.').waitFor()
  await screen.getByText('met de kat op schoot').waitFor()
  /** What of a row lies outside it, or outside all of them: that is under something else, or cut. */
  const outside = () =>
    screen.locator('.asked').evaluate((all) => {
      const lies = (part: Element, within: Element) => {
        const [box, room] = [part.getBoundingClientRect(), within.getBoundingClientRect()]
        return box.bottom <= room.bottom + 1 && box.top >= room.top - 1
      }
      return [...all.querySelectorAll('.party')].flatMap((row) =>
        [row, ...row.querySelectorAll('p, .reply')]
          .filter((part) => !lies(part, row) || !lies(part, all))
          .map((part) => part.textContent.trim()),
      )
    })
  await expect.poll(outside).toEqual([])
  await context.close()
})
