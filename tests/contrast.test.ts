/** Extra contrast looks the same by the setting and where the device asks for it. */
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

const LOOK = new URL('../src/lib/look/', import.meta.url).pathname
const css = (name: string) => readFileSync(`${LOOK}${name}`, 'utf8')
const declarations = (block: string) =>
  [...block.matchAll(/--[\w-]+:\s*[^;]+/g)].map(([one]) => one.replace(/\s+/g, ' ')).sort()

test('what the setting says of colours and lines the device can ask for too', () => {
  const tokens = css('tokens.css')
  const [, setting] = /^\[data-contrast="more"\][^{]*\{([^}]*)\}/m.exec(tokens)!
  const [, device] = /@media \(prefers-contrast: more\) \{\s*:root[^{]*\{([^}]*)\}/.exec(tokens)!
  expect(declarations(setting!).length).toBeGreaterThan(20)
  expect(declarations(device!)).toEqual(declarations(setting!))
})

test('no part of a page has an outline by the setting alone', () => {
  const parts = css('components.css')
  const bySetting = [...parts.matchAll(/^\[data-contrast="more"\] ([^{]+) \{/gm)].map(
    ([, of]) => of,
  )
  const byDevice = parts.matchAll(/:root:not\(\[data-contrast\]\) ([^{]+) \{/g)
  expect([...byDevice].map(([, of]) => of)).toEqual(bySetting)
})
