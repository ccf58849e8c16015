/** The words on screen: complete in both languages, all in use, and Dutch that everybody reads (B1). */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const ROOT = new URL('..', import.meta.url).pathname
const read = (path: string) => readFileSync(join(ROOT, path), 'utf8')
const names = readdirSync(join(ROOT, 'messages')).filter((name) => name.endsWith('nl.json'))
const words = (name: string) => {
  const messages = JSON.parse(read(`messages/${name}`)) as Record<string, string>
  delete messages.$schema
  return messages
}

test.each(names)('%s says the same things in English', (name) => {
  const english = words(name.replace('nl.json', 'en.json'))
  expect(Object.keys(english).sort()).toEqual(Object.keys(words(name)).sort())
})

test('every message is used', () => {
  const sources = ['src', 'server'].flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
      .filter(
        (entry) =>
          entry.isFile() &&
          /\.(ts|svelte)$/.test(entry.name) &&
          !entry.parentPath.includes('paraglide'),
      )
      .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8')),
  )
  const all = sources.join('\n')
  const unused = names
    .flatMap((name) => Object.keys(words(name)))
    .filter((key) => !key.startsWith('refusal_') && !new RegExp(`\\bm\\.${key}\\b`).test(all))
  expect(unused).toEqual([])
})

/** Long words people at the table use themselves, and names of professions. */
const KNOWN = new Set([
  'cliëntondersteuner',
  'vertrouwenspersoon',
  'wijkverpleegkundige',
  'verpleegkundige',
  'fysiotherapeut',
  'bespreekpunten',
  'gezondheid',
  'zorgverleners',
  'onvrijwillige',
  'bewindvoerder',
])
const OFFICE =
  /\b(evalueren|participatie|accorderen|dossier|status|implementeren|MDO|multidisciplinair|vertegenwoordiger)\b/i

test('Dutch is plain: short sentences, no long words, no office words', () => {
  const found = names.flatMap((name) =>
    Object.entries(words(name)).flatMap(([key, message]) => {
      const plain = message.replace(/\{\w+\}/g, 'x')
      const faults: string[] = []
      for (const sentence of plain.split(/[.!?:]\s/)) {
        if (sentence.split(/\s+/).length > 15) faults.push(`${key}: long sentence: ${sentence}`)
      }
      for (const word of plain.match(/[\p{L}]+/gu) ?? []) {
        if (word.length > 14 && !KNOWN.has(word.toLowerCase()))
          faults.push(`${key}: long word: ${word}`)
      }
      if (OFFICE.test(plain)) faults.push(`${key}: office word: ${plain}`)
      return faults
    }),
  )
  expect(found).toEqual([])
})
