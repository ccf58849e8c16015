/** People at real screens: one Chromium, a context for each of them. */
import AxeBuilder from '@axe-core/playwright'
import { chromium as playwright, type Browser, type Page } from 'playwright'
import { chromium } from './chromium.ts'

export type Screens = {
  /** Somebody takes a demo seat at plan-01 and sees the board, everything saved. */
  sit(name: string, size?: { width: number; height: number }): Promise<Page>
  /** What went wrong in any page: errors thrown and logged. */
  faults: string[]
  browser: Browser
  close(): Promise<void>
}

export const LAPTOP = { width: 1440, height: 900 }
export const PHONE = { width: 390, height: 844 }
export const TABLET = { width: 1024, height: 768 }
export const TELEVISION = { width: 1920, height: 1080 }

/** How long a screen is waited for: a busy machine is slow, and only a test that fails waits this long. */
const PATIENCE = 60_000

/** A browser whose every context has patience. */
async function patient(): Promise<Browser> {
  const browser = await playwright.launch(await chromium())
  browser.on('context', (context) => context.setDefaultTimeout(PATIENCE))
  return browser
}

/** Opens a browser onto a running server. */
export async function screens(base: string): Promise<Screens> {
  const browser = await patient()
  const faults: string[] = []
  return {
    browser,
    faults,
    async sit(name, size = LAPTOP) {
      const context = await browser.newContext({ viewport: size, locale: 'nl-NL' })
      const page = await context.newPage()
      page.on('pageerror', (error) => faults.push(`${name}: ${error.message}`))
      page.on('console', (line) => {
        const known =
          /WebSocket connection|ERR_CONNECTION|ERR_INTERNET|Failed to load resource/.test(
            line.text(),
          )
        if (line.type() === 'error' && !known) faults.push(`${name}: ${line.text()}`)
      })
      await page.goto(base)
      await page.getByRole('button', { name: new RegExp(name) }).click()
      await page.waitForURL('**/plan/*')
      await page.getByText('Alles is bewaard').waitFor()
      return page
    },
    close: () => browser.close(),
  }
}

/** What axe finds against WCAG 2.2 AA, each with the elements it is about. */
export async function violations(page: Page): Promise<string[]> {
  const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']
  const found = await new AxeBuilder({ page }).withTags(tags).analyze()
  return found.violations.map(
    (v) => `${v.id}: ${v.nodes.map((node) => node.html.slice(0, 120)).join(' | ')}`,
  )
}

/** What can be tapped or clicked and is less than 48 px high or wide; a link in a sentence may be. */
export function small(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const targets = 'a[href], button, input:not([type=hidden]), select, textarea, summary'
    return [...document.querySelectorAll<HTMLElement>(targets)].flatMap((one) => {
      const words = one.parentElement?.textContent.trim()
      const inSentence =
        getComputedStyle(one).display === 'inline' && words !== one.textContent.trim()
      const unseen = !one.checkVisibility({ visibilityProperty: true }) || one.closest('.vh, .skip')
      if (inSentence || unseen) return []
      // what a box is called can be tapped as well
      const { width, height } = (one.closest('label') ?? one).getBoundingClientRect()
      const fits = Math.min(width, height) >= 47.5
      return fits
        ? []
        : [`${Math.round(width)} × ${Math.round(height)}: ${one.outerHTML.slice(0, 120)}`]
    })
  })
}
