/** No words in components: what stands on screen stands in `messages/`, in both languages. */
import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { parse } from 'svelte/compiler'
import { expect, test } from 'vitest'

const ROOT = new URL('..', import.meta.url).pathname
/** The name of the product, and units that are the same in every language. */
const NAMES = /Aan tafel|UTC|PDF/g
const SPOKEN = new Set(['aria-label', 'aria-description', 'alt', 'title', 'placeholder', 'label'])

type Node = { type?: string; name?: string; data?: string; value?: unknown; [key: string]: unknown }

const words = (text: string) => /\p{L}{2,}/u.test(text.replace(NAMES, ''))

/** Every text a component shows or speaks that is written in it. */
function written(node: unknown, into: string[], spoken = false): string[] {
  if (Array.isArray(node)) {
    for (const one of node) written(one, into, spoken)
    return into
  }
  if (typeof node !== 'object' || node === null) return into
  const { type, name, data } = node as Node
  if (type === 'Text' && typeof data === 'string' && words(data)) into.push(data.trim())
  if (type === 'Attribute') {
    if (SPOKEN.has(String(name))) written((node as Node).value, into, true)
    return into
  }
  if (spoken && type === 'Literal' && words(String((node as Node).value)))
    into.push(String((node as Node).value))
  for (const [key, value] of Object.entries(node as Node))
    if (key !== 'css' && key !== 'instance' && key !== 'module' && key !== 'options')
      written(value, into, spoken && type !== 'CallExpression' && type !== 'BinaryExpression')
  return into
}

const shownBy = (source: string) => written(parse(source, { modern: true }).fragment, [])

test('the reading of components sees text, spoken attributes and neither code nor style', () => {
  const source = `<script>const a = 'code'</script>
    <p class="a b">Tekst {m.some()}</p><img alt="Plaatje" src="/x.svg" />
    <button aria-label={yes ? 'Wel' : m.no()}>{'·'}</button><style>p { color: red }</style>`
  expect(shownBy(source)).toEqual(['Tekst', 'Plaatje', 'Wel'])
})

test('no component writes words of its own', () => {
  const files = readdirSync(join(ROOT, 'src'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.svelte'))
    .map((entry) => join(entry.parentPath, entry.name))
  expect(files.length).toBeGreaterThan(50)
  const found = files.flatMap((file) =>
    shownBy(readFileSync(file, 'utf8')).map((text) => `${relative(ROOT, file)}: ${text}`),
  )
  expect(found).toEqual([])
})
