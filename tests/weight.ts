/** What a page weighs: the script it loads, each file packed as it comes over the line. */
import { gzipSync } from 'node:zlib'
import type { Page } from 'playwright'

/** Weighs from now on; what is answered is the KiB of all script that has come by then. */
export function weigh(page: Page): () => Promise<number> {
  let bytes = 0
  const reading: Promise<void>[] = []
  page.on('response', (response) => {
    if (response.request().resourceType() !== 'script' && !response.url().endsWith('.js')) return
    reading.push(
      response.body().then((body) => void (bytes += gzipSync(body, { level: 9 }).length)),
    )
  })
  return async () => {
    await Promise.all(reading)
    return bytes / 1024
  }
}
