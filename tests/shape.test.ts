/** The arrows of the code: plan ← live ← { server, lib } ← routes, and a few things that stay so. */
import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { expect, test } from 'vitest'

const ROOT = new URL('..', import.meta.url).pathname

function files(folder: string, ending = /\.(ts|svelte)$/): string[] {
  return readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && ending.test(entry.name))
    .map((entry) => relative(ROOT, join(entry.parentPath, entry.name)))
    .filter((path) => !path.includes('paraglide/'))
}
const text = (path: string) => readFileSync(join(ROOT, path), 'utf8')
const IMPORT = /^(?:import|export)\s(?:[^'";=]*?\sfrom\s)?'([^']+)'|\bimport\('([^']+)'\)/gm
const imports = (path: string) =>
  [...text(path).matchAll(IMPORT)].map((match) => (match[1] ?? match[2])!)

/** What each ring may import, by the beginning of the name. */
const ARROWS: [folder: string, may: RegExp][] = [
  ['src/plan', /^\.\/|^#plan\//],
  ['src/live', /^\.\/|^#plan\/|^#live\/|^yjs$|^lib0\/|^y-protocols\//],
  ['src/lib', /^(?!#server\/|\$app\/server|\.\.\/\.\.\/server)/],
  ['server', /^(?!#lib\/|\$app\/|\$lib|.*src\/(lib|routes))/],
]

test.each(ARROWS)('%s imports only what lies further in', (folder, may) => {
  const wrong = files(folder).flatMap((path) =>
    imports(path)
      .filter((name) => !may.test(name))
      .map((name) => `${path} → ${name}`),
  )
  expect(wrong).toEqual([])
})

test('every import of ours names its file, ending included', () => {
  const wrong = [...files('src'), ...files('server')].flatMap((path) =>
    imports(path)
      .filter(
        (name) =>
          /^(\.|#)/.test(name) &&
          !name.includes('$types') &&
          !/\.(ts|js|svelte|css|json)(\?inline)?$/.test(name),
      )
      .map((name) => `${path} → ${name}`),
  )
  expect(wrong).toEqual([])
})

test('stitches are mixed in sRGB: without it Firefox draws none of a repeated gradient of ours', () => {
  const wrong = files('src', /\.(css|svelte)$/).filter((path) =>
    /repeating-[a-z]+-gradient\((?!([\d.]+deg )?in srgb,)/.test(text(path)),
  )
  expect(wrong).toEqual([])
})

test('settings are read in one place', () => {
  const allowed = ['server/config.ts', 'server/vite.ts', 'server/index.ts']
  const wrong = [...files('src'), ...files('server')].filter(
    (path) => !allowed.includes(path) && text(path).includes('process.env'),
  )
  expect(wrong).toEqual([])
})

test('no test is left out and nothing is left to do', () => {
  const left = files('tests').filter(
    (path) =>
      path !== 'tests/shape.test.ts' && /\b(it|test|describe)\.(only|skip|todo)\b/.test(text(path)),
  )
  const todo = [...files('src'), ...files('server')].filter((path) =>
    /\b(TODO|FIXME|XXX|HACK)\b/.test(text(path)),
  )
  expect([...left, ...todo]).toEqual([])
})

test('every item of security that is claimed names a test that is there', () => {
  const page = text('docs/security.md')
  const named = [...new Set(page.match(/tests\/[\w/.-]+\.test\.ts/g))]
  const rows = page.slice(page.indexOf('## OWASP')).match(/^\| \d+\.\d+.*$/gm) ?? []
  expect(rows.length).toBeGreaterThan(25)
  expect(rows.filter((row) => !row.includes('.test.ts'))).toEqual([])
  const known = files('tests')
  expect(named.filter((path) => !known.includes(path))).toEqual([])
})

test('no file has grown to hold two nouns', () => {
  const long = [...files('src'), ...files('server')]
    .map((path) => [path, text(path).split('\n').length] as const)
    .filter(([, lines]) => lines > 400)
  expect(long).toEqual([])
})
