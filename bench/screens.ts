/** What two people at real screens feel: a keystroke here until it stands there, beside a bare relay. */
import { chromium as playwright, type Page } from 'playwright'
import { chromium } from '../tests/chromium.ts'
import { start } from '../tests/process.ts'
import { weigh } from '../tests/weight.ts'

export type Screens = {
  keystroke: { p50: number; p99: number; count: number }
  relay: { p50: number; p99: number }
  firstPaintMs: number
  scriptKib: number
}

const quantile = (of: number[], share: number): number => {
  const sorted = [...of].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]!
}

/** `relay`: where a bare relay listens, spoken to from the same pages. */
export async function screens(relay: string): Promise<Screens> {
  const server = await start({ LOG_LEVEL: 'error' })
  const browser = await playwright.launch(await chromium())
  try {
    const sit = async (name: string): Promise<Page> => {
      const page = await (await browser.newContext({ locale: 'nl-NL', bypassCSP: true })).newPage()
      await page.goto(server.base)
      await page
        .getByRole('button', { name: new RegExp(name) })
        .first()
        .click()
      await page.waitForURL('**/plan/*')
      await page.getByText('Alles is bewaard').first().waitFor()
      return page
    }
    const [fatima, marjan] = [await sit('Fatima'), await sit('Marjan')]
    const { firstPaintMs, scriptKib } = await board(fatima)
    await fatima.getByRole('button', { name: 'Nieuw doel' }).first().click()
    await fatima.getByRole('button', { name: 'Wonen en mijn dag' }).first().click()
    await fatima.waitForURL('**/doel/*')
    await marjan.goto(fatima.url())
    const field = (page: Page) => page.getByRole('textbox', { name: 'Waar gaan we voor?' })
    await field(marjan).waitFor()
    await field(marjan).evaluate((area: HTMLTextAreaElement) => {
      const seen: number[] = []
      Object.assign(window, { seen })
      const look = () => {
        for (let n = seen.length; n < area.value.length; n++)
          seen.push(performance.timeOrigin + performance.now())
        setTimeout(look, 0)
      }
      look()
    })
    await field(fatima).click()
    await field(fatima).evaluate((area: HTMLTextAreaElement) => {
      const sent: number[] = []
      Object.assign(window, { sent })
      area.addEventListener('beforeinput', () =>
        sent.push(performance.timeOrigin + performance.now()),
      )
    })
    await fatima.keyboard.type('a'.repeat(200), { delay: 30 })
    await marjan.waitForFunction(() => (window as unknown as { seen: number[] }).seen.length >= 200)
    const sent = await fatima.evaluate(() => (window as unknown as { sent: number[] }).sent)
    const seen = await marjan.evaluate(() => (window as unknown as { seen: number[] }).seen)
    const felt = sent.map((at, n) => seen[n]! - at)
    const bare = await bareRelay(fatima, marjan, relay)
    return {
      keystroke: { p50: quantile(felt, 0.5), p99: quantile(felt, 0.99), count: felt.length },
      relay: { p50: quantile(bare, 0.5), p99: quantile(bare, 0.99) },
      ...{ firstPaintMs, scriptKib },
    }
  } finally {
    await browser.close()
    await server.stop()
  }
}

/** The board of plan-01 as somebody's first page: when something is painted, and how much script it loads. */
async function board(page: Page): Promise<{ firstPaintMs: number; scriptKib: number }> {
  const state = await page.context().storageState()
  const context = await page
    .context()
    .browser()!
    .newContext({ storageState: state, locale: 'nl-NL' })
  const fresh = await context.newPage()
  const loaded = weigh(fresh)
  await fresh.goto(page.url())
  await fresh.getByText('Alles is bewaard').first().waitFor()
  const scriptKib = await loaded()
  const firstPaintMs = await fresh.evaluate(
    () => performance.getEntriesByName('first-contentful-paint')[0]!.startTime,
  )
  await context.close()
  return { firstPaintMs, scriptKib }
}

/** The same way for a message that nobody judges or keeps. */
async function bareRelay(from: Page, to: Page, url: string): Promise<number[]> {
  await to.evaluate(async (address) => {
    const seen: number[] = []
    const socket = new WebSocket(address)
    Object.assign(window, { relaySeen: seen })
    socket.onmessage = () => seen.push(performance.timeOrigin + performance.now())
    await new Promise((done) => (socket.onopen = done))
  }, url)
  const sent = await from.evaluate(async (address) => {
    const at: number[] = []
    const socket = new WebSocket(address)
    await new Promise((done) => (socket.onopen = done))
    for (let n = 0; n < 200; n++) {
      at.push(performance.timeOrigin + performance.now())
      socket.send(new Uint8Array([0, 2, 1, n]))
      await new Promise((done) => setTimeout(done, 30))
    }
    return at
  }, url)
  await to.waitForFunction(
    () => (window as unknown as { relaySeen: number[] }).relaySeen.length >= 200,
  )
  const seen = await to.evaluate(() => (window as unknown as { relaySeen: number[] }).relaySeen)
  return sent.map((at, n) => seen[n]! - at)
}
