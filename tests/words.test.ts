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
/** Office words, old-fashioned links, and words for machines; and nobody is called "je" here. */
const BANNED = new RegExp(
  `\\b(${[
    'evaluer\\w*|evaluatie\\w*|particip\\w*|accorder\\w*|dossier\\w*|status|implementer\\w*|MDO',
    'multidisciplinair\\w*|vertegenwoordig\\w*|faciliter\\w*|communic\\w*|priorit\\w*',
    'doelstelling\\w*|realiser\\w*|optimaliser\\w*|monitor\\w*|signaler\\w*|registr\\w*',
    'interventie\\w*|procedure\\w*|protocol\\w*',
    'middels|conform|inzake|betreffende|indien|tevens|derhalve|aangaande',
    'ten behoeve van|met betrekking tot',
    'autoris\\w*|authentic\\w*|gebruiker\\w*|applicatie|annuleren|annuleer|OK|klik hier',
    'je|jij|jou|jouw|jullie',
  ].join('|')})\\b`,
  'i',
)

test('Dutch is plain: short sentences, no long words, no office words', () => {
  const found = names.flatMap((name) =>
    Object.entries(words(name)).flatMap(([key, message]) => {
      const plain = message.replace(/\{\w+\}/g, 'x')
      const faults: string[] = []
      for (const sentence of plain.split(/[.!?:;]\s|\n/)) {
        if (sentence.split(/\s+/).length > 15) faults.push(`${key}: long sentence: ${sentence}`)
      }
      for (const word of plain.match(/[\p{L}]+/gu) ?? []) {
        if (word.length > 14 && !KNOWN.has(word.toLowerCase()))
          faults.push(`${key}: long word: ${word}`)
      }
      if (BANNED.test(plain)) faults.push(`${key}: no word for here: ${plain}`)
      if (/\b\d{1,2}[-/]\d{1,2}\b/.test(plain)) faults.push(`${key}: a day in figures: ${plain}`)
      return faults
    }),
  )
  expect(found).toEqual([])
})

test.each(names)('%s names the same things in both languages', (name) => {
  const english = words(name.replace('nl.json', 'en.json'))
  const named = (message: string) => [...new Set(message.match(/\{\w+\}/g) ?? [])].sort()
  const found = Object.entries(words(name)).filter(
    ([key, message]) => String(named(message)) !== String(named(english[key] ?? '')),
  )
  expect(found).toEqual([])
})

test('English is short as well, and no message is empty', () => {
  const found = names.flatMap((name) => {
    const english = words(name.replace('nl.json', 'en.json'))
    const both = [...Object.entries(words(name)), ...Object.entries(english)]
    const empty = both.filter(([, message]) => message.trim() === '')
    const long = Object.entries(english).filter(([, message]) =>
      message.split(/[.!?:;]\s|\n/).some((sentence) => sentence.split(/\s+/).length > 20),
    )
    return [...empty, ...long]
  })
  expect(found).toEqual([])
})
