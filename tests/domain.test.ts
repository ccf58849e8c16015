/** What the domain asks for is held: each acceptance test and each rule of law has its number here. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const ROOT = new URL('.', import.meta.url).pathname

/** The name of every test there is. */
const names = readdirSync(ROOT, { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.test.ts') && path !== 'domain.test.ts')
  .flatMap((path) => [
    ...readFileSync(join(ROOT, path), 'utf8').matchAll(
      /\btest(?:\.each\(.*\))?\(\s*(['`])(.+?)\1,/g,
    ),
  ])
  .map((match) => match[2]!)

/** The numbers that stand in names: as `D5`, or `L9`. */
const numbered = (letter: string): Set<number> =>
  new Set(
    names.flatMap((name) =>
      [...name.matchAll(new RegExp(`\\b${letter}([1-9]\\d?)\\b`, 'g'))].map(([, n]) => Number(n)),
    ),
  )
const upTo = (n: number) => Array.from({ length: n }, (_, at) => at + 1)

/** Acceptance tests (domain.md, appendix D) whose behaviour is not there yet. */
const NOT_YET: Record<number, string> = {}
/** Rules of law (domain.md §2.1) that are not in the product yet. */
const LAW_NOT_YET: Record<number, string> = {}

test('all twenty-four acceptance tests of the domain are here, or named as missing', () => {
  const there = numbered('D')
  expect(upTo(24).filter((n) => !there.has(n))).toEqual(Object.keys(NOT_YET).map(Number))
})

test('every rule of law that binds the software has a test named after it, or is named as missing', () => {
  const there = numbered('L')
  expect(upTo(18).filter((n) => !there.has(n))).toEqual(Object.keys(LAW_NOT_YET).map(Number))
})
