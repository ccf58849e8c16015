/** A paper card that opens the client's own screen: printed by who answers for the care, read by a camera. */
import { expect, test } from 'vitest'
import type { Page } from 'playwright'
import { renderSVG } from 'uqr'
import { afterAll, beforeAll } from '../anew.ts'
import { LAPTOP, PHONE, screens, TABLET, violations, type Screens } from '../browser.ts'
import { caller, start, type Caller, type Running } from '../process.ts'
import { finger, heading, laidBefore, seated, tap } from '../touch.ts'

let server: Running
let people: Screens
let fatima: Caller
let desk: Page
beforeAll(async () => {
  server = await start()
  people = await screens(server.base)
  fatima = await caller(server.base, 'fatima@plan-01.example')
  await laidBefore(server.base, fatima, 'plan-01', 'Ria eet haar ontbijt in de tuin.')
  desk = await finger(people, LAPTOP)
  await seated(desk, server.base, 'fatima@plan-01.example')
})
afterAll(async () => {
  await people.close()
  await server.stop()
})

/** Makes a card; the address that is drawn on it is what a camera would read. */
async function makesCard(): Promise<string> {
  await desk.goto(`${server.base}/plan/plan-01/mensen`)
  await desk.getByRole('link', { name: 'Kaart met code' }).tap()
  await heading(desk, 'Kaart voor Ria')
  expect(await violations(desk)).toEqual([])
  const answer = desk.waitForResponse((one) => one.request().method() === 'POST')
  await tap(desk, /^Maak een (nieuwe )?kaart$/)
  const made = await (await answer).text()
  const token = /token:\s*"([\w-]{43})"/.exec(made)?.[1]
  const address = `${server.base}/link/${token}`
  const square = desk.getByRole('img', { name: 'Vierkante code naar het scherm van Ria' })
  await square.waitFor()
  const path = (svg: string) => /<path[^>]* d="([^"]+)"/.exec(svg)?.[1]
  expect(path(await square.innerHTML())).toBe(path(renderSVG(address, { border: 2, ecc: 'M' })))
  return address
}
const opened = async (address: string, size = PHONE) => {
  const page = await finger(people, size)
  await page.goto(address)
  await page.getByRole('heading', { level: 1 }).waitFor()
  return page
}

test('a card says how she is called, and nothing of her name, her home or her plan', async () => {
  await makesCard()
  const card = (await desk.getByRole('article').innerText()).replace(/\s+/g, ' ')
  expect(card).toContain('De kaart van Ria')
  expect(card).toContain('Vraag Fatima')
  expect(card).not.toMatch(/Hofland|zorg|plan|ontbijt|tuin|Lindehof/i)
  expect(await violations(desk)).toEqual([])
  await desk.emulateMedia({ media: 'print' })
  const box = (await desk.getByRole('article').boundingBox())!
  expect(box.width).toBeLessThanOrEqual((105 / 25.4) * 96 + 2) // A6
  expect(box.height).toBeLessThanOrEqual((150 / 25.4) * 96)
  await expect.poll(() => desk.getByRole('button').count()).toBe(0) // only the card comes out of the printer
  await desk.emulateMedia({ media: 'screen' })
  await desk.reload()
  expect(await desk.content()).not.toContain('/link/')
})

test('it opens her own screen on the first device, and nothing on a second', async () => {
  const address = await makesCard()
  const phone = await opened(address)
  await heading(phone, 'Bent u Ria?')
  for (const answer of await phone.getByRole('main').locator('.btn').all())
    expect((await answer.boundingBox())!.height).toBeGreaterThanOrEqual(63.5)
  expect(await phone.textContent('body')).not.toContain('Hofland')
  await tap(phone, 'Ja, dat ben ik')
  await phone.waitForURL('**/klant/plan-01')
  await heading(phone, 'Dag Ria.')
  // her contact hears of it, and it is on record; no word of it is anybody's care
  await desk.goto(`${server.base}/dev/post`)
  const letter = desk.getByRole('article').filter({ hasText: 'De kaart is gebruikt' })
  await letter.filter({ hasText: 'marjan@plan-01.example' }).waitFor()
  await letter.filter({ hasText: 'fatima@plan-01.example' }).waitFor()
  const ria = await caller(server.base, 'ria@plan-01.example')
  const file = await ria.call('GET', '/api/plans/plan-01/export.json')
  const { proof } = file.body as { proof: { events: { kind: string }[] } }
  expect(proof.events.filter(({ kind }) => kind === 'card-opened')).toHaveLength(1)
  const tablet = await opened(address, TABLET)
  await heading(tablet, 'Deze kaart is al gebruikt')
  await expect.poll(() => tablet.getByRole('main').getByRole('button').count()).toBe(0) // no mail to her
  expect(await violations(tablet)).toEqual([])
  expect(await tablet.textContent('body')).not.toContain('Ria')
  await tablet.goto(`${server.base}/klant/plan-01`)
  expect(new URL(tablet.url()).pathname).toBe('/inloggen')
  await phone.goto(address) // the same card, the same phone: it opens again
  await tap(phone, 'Ja, dat ben ik')
  await heading(phone, 'Dag Ria.')
  await expect.poll(() => letter.count()).toBe(2) // once, however often she opens it
  await desk.goto(`${server.base}/plan/plan-01/kaart`)
  await desk.getByText('De kaart is voor het eerst gebruikt op').waitFor()
  await phone.context().close()
  await tablet.context().close()
})

test('where who printed it is signed in it is not opened for her', async () => {
  const address = await makesCard()
  await desk.goto(address)
  await heading(desk, 'Deze kaart is van Ria')
  expect(await violations(desk)).toEqual([])
  await expect.poll(() => desk.getByRole('button', { name: 'Ja, dat ben ik' }).count()).toBe(0)
  const forced = await desk.request.post(`${address}?/enter`, {
    headers: { origin: server.base },
    form: {},
    maxRedirects: 0,
  })
  expect(forced.headers()['set-cookie'] ?? '').not.toContain('device=')
  await desk.goto(`${server.base}/plan/plan-01/kaart`)
  await desk.getByText('De kaart is nog niet gebruikt').waitFor()
})

test('a new card takes the place of the old one; a card that is stopped opens nothing', async () => {
  const lost = await makesCard()
  const address = await makesCard()
  const finder = await opened(lost)
  await heading(finder, 'Deze kaart werkt niet meer')
  await expect.poll(() => finder.getByRole('button', { name: 'Ja, dat ben ik' }).count()).toBe(0)
  const phone = await opened(address)
  await tap(phone, 'Ja, dat ben ik')
  await heading(phone, 'Dag Ria.')
  await desk.goto(`${server.base}/plan/plan-01/kaart`)
  await tap(desk, 'Stop deze kaart')
  await desk.getByText('De kaart is gestopt.').waitFor()
  await phone.goto(`${server.base}/klant/plan-01`)
  expect(new URL(phone.url()).pathname).toBe('/inloggen')
  await finder.goto(address)
  await expect.poll(() => finder.getByRole('button', { name: 'Ja, dat ben ik' }).count()).toBe(0)
  await phone.context().close()
  await finder.context().close()
})

test('only who may invite makes one', async () => {
  for (const who of ['marjan', 'joost']) {
    const other = await caller(server.base, `${who}@plan-01.example`)
    const page = await fetch(`${server.base}/plan/plan-01/kaart`, {
      headers: { cookie: other.cookie },
    })
    expect(page.status).toBe(403)
    const made = await fetch(`${server.base}/plan/plan-01/kaart?/maak`, {
      method: 'POST',
      headers: {
        cookie: other.cookie,
        origin: server.base,
        'content-type': 'application/x-www-form-urlencoded',
      },
    })
    expect(made.status).toBe(403)
    expect(await made.text()).not.toContain('token:')
  }
  expect(people.faults).toEqual([])
})
