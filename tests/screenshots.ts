/** Pictures of every page: three themes, four sizes, into `screenshots/`. Run `npm run screenshots`. */
import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { chromium as playwright } from 'playwright'
import { LAPTOP, PHONE, TABLET, TELEVISION } from './browser.ts'
import { chromium } from './chromium.ts'
import { PAGES } from './pages.ts'
import { start } from './process.ts'
import { THEMES, Visitor, type Theme } from './visits.ts'

const SIZES = { laptop: LAPTOP, tablet: TABLET, telefoon: PHONE, televisie: TELEVISION }
const folder = join(import.meta.dirname, '../screenshots')

/** Only pages whose name begins with one of these; all of them when none is given. */
const wanted = process.argv.slice(2)
const pages = PAGES.filter(
  ({ name }) => wanted.length === 0 || wanted.some((start) => name.startsWith(start)),
)

if (wanted.length === 0) rmSync(folder, { recursive: true, force: true })
mkdirSync(folder, { recursive: true })
const server = await start()
const browser = await playwright.launch(await chromium())
let made = 0
try {
  const visitor = new Visitor(server.base, browser)
  for (const visit of pages) {
    const page = await visitor.open(visit, { viewport: LAPTOP })
    for (const theme of Object.keys(THEMES) as Theme[]) {
      await visitor.wear(visit, page, theme)
      for (const [size, viewport] of Object.entries(SIZES)) {
        await page.setViewportSize(viewport)
        await page.screenshot({ path: join(folder, `${visit.name}-${size}-${theme}.png`) })
        made++
      }
    }
    await page.context().close()
  }
  for (const fault of visitor.faults) console.error(fault)
} finally {
  await browser.close()
  await server.stop()
}
console.log(`${made} pictures of ${pages.length} pages in ${folder}`)
