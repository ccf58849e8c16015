/** A board of many rows: those outside the window are not drawn, and nobody notices. */
import { expect, test } from 'vitest'
import type { Locator, Page } from 'playwright'
import { cardText, readCards } from '#live/documents.ts'
import { afterAll, beforeAll } from '../anew.ts'
import { LAPTOP, PHONE, screens, type Screens } from '../browser.ts'
import { caller, start, type Caller, type Running } from '../process.ts'
import { Pen } from '../table.ts'

const WISHES = 60
const POINTS = 40
const AREAS = ['living', 'participation', 'mental', 'physical'] as const
const wish = (n: number) => `Ik wil graag iets dat mij goed doet, en dit is wens ${n}.`

let server: Running
let people: Screens
let ria: Caller
let pen: Pen
beforeAll(async () => {
  server = await start()
  people = await screens(server.base)
  const first = await caller(server.base, 'fatima@plan-01.example')
  const made = await first.call('POST', '/api/plans', {
    id: 'lang',
    client: { name: 'Ria Hofland', callMe: 'Ria', age: 84 },
    participants: [
      { key: 'ria', name: 'Ria Hofland', role: 'client', authority: 'self', mayConfirm: true },
      {
        ...{ key: 'joost', name: 'Joost van Rijn', role: 'physiotherapist' },
        ...{ authority: 'professional', mayConfirm: true },
      },
    ],
    lifeStory: [],
    wishes: Array.from({ length: WISHES }, (_, n) => ({
      ...{ id: `w${n}`, domain: AREAS[n % 4], saidBy: 'ria', basis: 'own_words', text: wish(n) },
    })),
    discussionPoints: Array.from({ length: POINTS }, (_, n) => ({
      ...{ raisedBy: 'joost', visibility: 'shared', text: `Hier praten we over, punt ${n}.` },
    })),
    goals: [],
  })
  expect(made.status).toBe(201)
  ria = await caller(server.base, 'ria@lang.example')
  const joost = await caller(server.base, 'joost@lang.example')
  const { body } = await ria.call('GET', '/api/plans/lang')
  const { documents } = body as { documents: { id: string; kind: string; zone: string }[] }
  const board = documents.find(({ kind, zone }) => kind === 'board' && zone === 'shared')!.id
  pen = await new Pen(server.base.replace('http', 'ws'), board, joost.cookie).synced()
})
afterAll(async () => {
  pen.close()
  await people.close()
  await server.stop()
})

/** The board as Ria has it before her, when its rows have settled. */
async function opened(size: { width: number; height: number }): Promise<Page> {
  const page = await people.sit('Fatima', size)
  const [name, value] = ria.cookie.split('=') as [string, string]
  await page.context().clearCookies()
  await page.context().addCookies([{ name, value, url: server.base }])
  await page.goto(`${server.base}/plan/lang`)
  await page.getByText('Alles is bewaard').first().waitFor()
  await page.locator('.board--settled').waitFor()
  return page
}
const card = (page: Page, n: number): Locator =>
  page.locator('[data-card]').filter({ hasText: `dit is wens ${n}.` })
const top = async (of: Locator) => (await of.boundingBox())!.y
/** Where something stands, once it stands still from one frame to the next. */
async function still(of: Locator): Promise<number> {
  const frames = () =>
    of.evaluate(
      (one) =>
        new Promise<number>((done) =>
          requestAnimationFrame(() =>
            requestAnimationFrame(() => done(one.getBoundingClientRect().top)),
          ),
        ),
    )
  let now = await frames()
  await expect
    .poll(async () => {
      const before = now
      now = await frames()
      return Math.abs(now - before)
    })
    .toBeLessThan(0.5)
  return now
}
const isDrawn = (of: Locator) =>
  of.evaluate((one) => one.checkVisibility({ contentVisibilityAuto: true }))

test.each([
  ['laptop', LAPTOP],
  ['phone', PHONE],
] as const)('rows outside the window keep their height and are found: %s', async (_name, size) => {
  const page = await opened(size)
  await expect.poll(() => isDrawn(card(page, 0))).toBe(true)
  await expect.poll(() => isDrawn(card(page, 55))).toBe(false)
  const off = () =>
    page.evaluate(() => {
      const { body } = document
      const kept = body.scrollHeight
      const style = document.createElement('style')
      style.textContent = '.lane, .lane li { content-visibility: visible !important }'
      document.head.append(style)
      const real = body.scrollHeight
      style.remove()
      return Math.abs(kept - real)
    })
  await expect.poll(off).toBeLessThan(3)

  // for who listens to the page it is all there
  const cdp = await page.context().newCDPSession(page)
  const isHeard = async () => {
    const { nodes } = await cdp.send('Accessibility.getFullAXTree')
    return nodes.some(({ name }) => String(name?.value ?? '').includes('dit is wens 55.'))
  }
  await expect.poll(isHeard).toBe(true)
  await page.emulateMedia({ media: 'print' })
  await expect.poll(() => isDrawn(card(page, 55))).toBe(true)
  await page.emulateMedia({ media: 'screen' })

  // looking for words with the browser itself goes there
  expect(
    await page.evaluate(() =>
      (window as unknown as { find(words: string): boolean }).find('dit is wens 55.'),
    ),
  ).toBe(true)
  await expect.poll(() => isDrawn(card(page, 55))).toBe(true)
  await expect.poll(() => top(card(page, 55))).toBeLessThan(size.height)
  expect(people.faults).toEqual([])
})

test('while one scrolls up, what others wrote above pushes nothing away', async () => {
  const page = await opened(LAPTOP)
  await card(page, 40).evaluate((one) => one.scrollIntoView({ block: 'center' }))
  const before = await still(card(page, 40))
  const ids = readCards(pen.doc).filter(({ kind }) => kind === 'wish')
  for (const { id } of ids.slice(0, 38)) {
    const text = cardText(pen.doc, id)!
    text.insert(text.length, ' En hier komt nog heel veel bij, meer dan op een regel past.', {})
  }
  await pen.stored()
  await expect.poll(() => card(page, 37).textContent()).toContain('heel veel bij')
  expect(Math.abs((await still(card(page, 40))) - before)).toBeLessThan(2)
  await page.mouse.move(700, 450)
  for (let n = 0; n < 12; n++) {
    const watched = card(page, 38 - n)
    const was = await top(watched)
    await page.mouse.wheel(0, -150)
    await expect
      .poll(async () => Math.round(Math.abs((await top(watched)) - was - 150)))
      .toBeLessThan(3)
  }
  expect(people.faults).toEqual([])
})

test('a menu sticks out of its row, above or below, and each line of it can be chosen', async () => {
  const page = await opened(LAPTOP)
  const far = card(page, 30)
  await far.evaluate((one) => one.scrollIntoView({ block: 'center' }))
  const more = far.getByRole('button', { name: /^Meer/ })
  await more.click()
  const lines = page.getByRole('menuitem')
  await lines.last().waitFor()
  const lane = page.locator('.lane').filter({ has: far })
  const edges = async (of: Locator) => {
    const { y, height } = (await of.boundingBox())!
    return [y, y + height] as const
  }
  await expect
    .poll(async () => {
      const [list, row] = [await edges(page.getByRole('menu')), await edges(lane)]
      return Math.max(row[0] - list[0], list[1] - row[1]) // it does stick out
    })
    .toBeGreaterThan(0)
  const covered = () =>
    lines.evaluateAll((all) =>
      all
        .filter((one) => {
          const { left, top: y, width, height } = one.getBoundingClientRect()
          return !one.contains(document.elementFromPoint(left + width / 2, y + height / 2))
        })
        .map((one) => one.textContent),
    )
  await expect.poll(covered).toEqual([])
  await page.keyboard.press('Escape')
  await expect.poll(() => more.evaluate((one) => one === document.activeElement)).toBe(true)
  expect(people.faults).toEqual([])
})
