/** People who tap: contexts with a finger and no mouse, on a phone and on a tablet, and goals to answer. */
import type { BrowserContextOptions, Page } from 'playwright'
import * as Y from 'yjs'
import { expect } from 'vitest'
import { violations, type Screens } from './browser.ts'
import { caller, type Caller } from './process.ts'
import { Pen } from './table.ts'

/** What a phone says it is. */
const ANDROID =
  'Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Mobile Safari/537.36'

/** A screen that is only tapped; `faults` hears what goes wrong in it. */
export async function finger(
  people: Screens,
  size: { width: number; height: number },
  options: BrowserContextOptions = {},
): Promise<Page> {
  const context = await people.browser.newContext({
    viewport: size,
    hasTouch: true,
    ...(size.width < 600 && { isMobile: true, userAgent: ANDROID }),
    locale: 'nl-NL',
    reducedMotion: 'reduce',
    ...options,
  })
  await context.addInitScript(() =>
    addEventListener('alive', () => (document.documentElement.dataset.alive = '')),
  )
  const page = await context.newPage()
  page.on('pageerror', (error) => people.faults.push(error.message))
  return page
}

/** Until a page is alive: a link that is tapped earlier leads on as well, but to a page loaded anew. */
export const alive = (page: Page) => page.locator('html[data-alive]').waitFor({ state: 'attached' })

/** Lets somebody sit at this screen, as if they had signed in here. */
export async function seated(page: Page, base: string, email: string): Promise<Caller> {
  const who = await caller(base, email)
  const [name, value] = who.cookie.split('=') as [string, string]
  await page.context().addCookies([{ name, value, url: base }])
  return who
}

export const tap = (page: Page, name: string | RegExp) =>
  page.getByRole('button', { name, exact: typeof name === 'string' }).tap()
export const heading = (page: Page, name: string | RegExp) =>
  page.getByRole('heading', { name, level: 1 }).waitFor()

/** The screen is not wider than it is, its buttons are large, and axe finds nothing. */
export async function isFit(page: Page, least = 48): Promise<void> {
  const wide = () => page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
  await expect.poll(wide).toBeLessThanOrEqual(0)
  const small = await page.evaluate(
    (low) =>
      [...document.querySelectorAll<HTMLElement>('.client button, .client a.btn')]
        .filter((one) => one.checkVisibility() && one.getBoundingClientRect().height < low - 0.5)
        .map((one) => `${one.textContent.trim()}: ${one.getBoundingClientRect().height}`),
    least,
  )
  expect(small).toEqual([])
  expect(await violations(page)).toEqual([])
}

/** A goal with these words, laid before the people who are always asked and those named. */
export async function laidBefore(
  base: string,
  by: Caller,
  planId: string,
  words: string,
  asked: Record<string, unknown> = { parties: [] },
  actions: readonly { what: string; who: string; when: string }[] = [],
): Promise<{ id: string; hash: string }> {
  const made = (await by.call('POST', `/api/plans/${planId}/goals`, { area: 'living' })).body as {
    id: string
    documentId: string
  }
  const pen = await new Pen(base, made.documentId, by.cookie).synced()
  ;(pen.doc.getMap('goal').get('plainText') as Y.Text).insert(0, words)
  actions.forEach(({ what, who, when }, at) => {
    const [one, text, day] = [new Y.Map<unknown>(), new Y.Text(what), new Y.Text(when)]
    for (const [key, value] of Object.entries({ what: text, who, when: day })) one.set(key, value)
    pen.doc.getMap('actions').set(`action-${at}`, one)
  })
  await pen.stored()
  pen.close()
  const { body, status } = await by.call('POST', `/api/goals/${made.id}/present`, asked)
  if (status >= 300) throw new Error(JSON.stringify(body))
  return { id: made.id, hash: (body as { hash: string }).hash }
}
