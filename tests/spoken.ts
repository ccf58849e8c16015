/** What a screen reader says on a page, phrase by phrase: a virtual one, run inside the page itself. */
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import type { Page } from 'playwright'

type Reader = {
  start(options: { container: Element }): Promise<void>
  next(): Promise<void>
  lastSpokenPhrase(): Promise<string>
  spokenPhraseLog(): Promise<string[]>
  stop(): Promise<void>
}

/** Reads a page from its first word to its last, as `next` of a screen reader goes. */
export async function spokenOn(page: Page): Promise<string[]> {
  const file = createRequire(import.meta.url).resolve('@guidepup/virtual-screen-reader/browser.js')
  // as a script of the inspector: the page's own policy, which forbids foreign scripts, stays as it is
  const source = (await readFile(file, 'utf8')).replace(
    /export\{[^}]*?([\w$]+) as virtual\}/,
    (_, name: string) => `globalThis.virtualReader = ${name}`,
  )
  await page.evaluate(`(() => { ${source}\n })()`)
  return page.evaluate(async () => {
    for (const one of document.querySelectorAll('noscript')) one.remove() // no browser shows it now
    const { virtualReader: reader } = globalThis as unknown as { virtualReader: Reader }
    await reader.start({ container: document.body })
    for (let steps = 0; steps < 400; steps++) {
      await reader.next()
      if ((await reader.lastSpokenPhrase()) === 'end of document') break
    }
    const phrases = await reader.spokenPhraseLog()
    await reader.stop()
    return phrases
  })
}
