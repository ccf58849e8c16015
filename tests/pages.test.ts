/** The list of pages is the pages there are: what is missing in it is never looked at. */
import { readdirSync } from 'node:fs'
import { join, relative } from 'node:path'
import { expect, test } from 'vitest'
import { PAGES } from './pages.ts'

const ROUTES = new URL('../src/routes', import.meta.url).pathname
const onDisk = readdirSync(ROUTES, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.name === '+page.svelte')
  .map((entry) => `/${relative(ROUTES, join(entry.parentPath))}`)

test('every page on disk stands in tests/pages.ts', () => {
  const listed = new Set(PAGES.map(({ route }) => route))
  const missing = onDisk.filter((route) => !listed.has(route))
  expect(
    missing.map((route) => `add ${route} to tests/pages.ts: who looks at it, and what appears`),
  ).toEqual([])
})

test('every page in tests/pages.ts is on disk, under a name of its own', () => {
  const gone = PAGES.filter(({ route }) => route !== null && !onDisk.includes(route))
  expect(gone.map(({ route }) => `there is no page ${route}; take it out`)).toEqual([])
  const names = PAGES.map(({ name }) => name)
  expect(names.filter((name, at) => names.indexOf(name) !== at)).toEqual([])
})
