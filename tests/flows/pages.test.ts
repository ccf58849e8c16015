/** Every page, in every theme: nothing axe finds, nothing too small to tap, nothing wider than a phone at 400 %, no fault logged. */
import { chromium as playwright, type Browser } from 'playwright'
import { expect, test } from 'vitest'
import { afterAll, beforeAll } from '../anew.ts'
import { LAPTOP, PHONE, small, violations } from '../browser.ts'
import { chromium } from '../chromium.ts'
import { PAGES } from '../pages.ts'
import { start, type Running } from '../process.ts'
import { THEMES, Visitor, type Theme } from '../visits.ts'

let server: Running
let browser: Browser
let visitor: Visitor
beforeAll(async () => {
  server = await start()
  browser = await playwright.launch(await chromium())
  visitor = new Visitor(server.base, browser)
})
afterAll(async () => {
  await browser.close()
  await server.stop()
})

test.each(PAGES)('$name can be used by everyone', async (visit) => {
  const page = await visitor.open(visit, { viewport: LAPTOP })
  const found: string[] = []
  for (const theme of Object.keys(THEMES) as Theme[]) {
    await visitor.wear(visit, page, theme)
    found.push(...(await violations(page)).map((line) => `${theme}: ${line}`))
  }
  expect(found).toEqual([])

  for (const size of visit.far ? [] : [LAPTOP, PHONE]) {
    await page.setViewportSize(size)
    await expect.poll(() => small(page)).toEqual([])
  }

  await page.setViewportSize({ width: 320, height: 640 })
  const wide = await page.evaluate(() =>
    [...document.querySelectorAll('body *')]
      .filter((element) => {
        const { right, width } = element.getBoundingClientRect()
        return width > 0 && right > innerWidth + 1
      })
      .map((element) => element.outerHTML.slice(0, 120)),
  )
  const sideways = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth)
  if (!visit.far) expect(sideways ? wide : []).toEqual([])
  await page.context().close()
  expect(visitor.faults).toEqual([])
})
