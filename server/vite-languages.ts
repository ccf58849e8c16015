import { readFile, readdir } from 'node:fs/promises'
import path from 'node:path'
import type { Plugin } from 'vite'

const ENGLISH = 'virtual:english'
/** The words that one file says; its path stands between. */
const WORDS = { before: 'virtual:words:', after: '.js' }
const ASKS = /import\s*\{\s*m\s*\}\s*from\s*(['"])[^'"]*\/paraglide\/messages\.js\1/
const NAMED = /\bm\.([a-z]\w*)/g
/** What one message says in each language, as Paraglide writes it. */
const IN = {
  dutch: /^const nl_(\w+) = ([\s\S]*?\n\});?\n/m,
  english: /^const en_(\w+) = ([\s\S]*?\n\});?\n/m,
}
/** The server has chosen the language; the page says which (`src/app.html`). */
const RUNTIME = `export const getLocale = () => (document.documentElement.lang === 'en' ? 'en' : 'nl')\n`

/**
 * Sees to it that a browser loads the words it shows, and no others.
 *
 * Each file brings the Dutch words that it says itself, so that what is loaded at first use brings its
 * words along and a page does not load another's. Nearly everyone reads Dutch; whoever reads English
 * fetches all English words once, before the page wakes up (`src/hooks.client.ts`). A message is known
 * there by its place among all, and which language it is by what the server wrote on the page. What
 * the server sends is made with both, as always.
 */
export const languages = (): Plugin[] => [inDevelopment(), forBrowsers()]

/** While it is developed each message has both languages, as Paraglide made it: nothing is fetched. */
function inDevelopment(): Plugin {
  return {
    name: 'aan-tafel:languages-in-development',
    apply: 'serve',
    resolveId: { filter: { id: /^virtual:english$/ }, handler: (id) => `\0${id}` },
    load: { filter: { id: /^\0virtual:english$/ }, handler: () => 'export default []' },
  }
}

function forBrowsers(): Plugin {
  let folder = ''
  let read: Promise<Map<string, string>> | undefined
  /** What Paraglide wrote of each message, in order of its name. */
  const all = () => (read ??= readAll(path.join(folder, 'messages')))
  /** The words that a file names. */
  const named = new Map<string, Set<string>>()

  return {
    name: 'aan-tafel:languages',
    apply: 'build',
    applyToEnvironment: ({ name }) => name === 'client',
    configResolved(config) {
      folder = path.join(config.root, 'src/lib/paraglide')
    },
    resolveId: {
      filter: { id: /^virtual:(english|words:)/ },
      handler: (id) => ({ id: `\0${id}`, moduleSideEffects: false }),
    },
    load: {
      filter: { id: /^\0virtual:(english|words:)|\/paraglide\/runtime\.js$/ },
      async handler(id) {
        if (id.endsWith('/runtime.js')) return { code: RUNTIME, map: null }
        const messages = [...(await all()).entries()]
        const said = (language: keyof typeof IN, name: string, code: string) =>
          IN[language].exec(code)?.[2] ?? this.error(`${name} says nothing in ${language}`)
        if (id === `\0${ENGLISH}`)
          return `export default [\n${messages.map(([name, code]) => said('english', name, code)).join(',\n')}\n]`
        const asked = named.get(id.slice(WORDS.before.length + 1, -WORDS.after.length))
        const words = messages.flatMap(([name, code], place) =>
          asked?.has(name)
            ? [
                `export const ${name} = /* @__PURE__ */ says(${place}, ${said('dutch', name, code)})`,
              ]
            : [],
        )
        const says = JSON.stringify(path.join(folder, '../languages.ts'))
        return [`import { says } from ${says}`, ...words].join('\n')
      },
    },
    transform: {
      filter: { id: /\/src\/(lib|routes)\/.*\.(svelte|ts)$/, code: ASKS },
      handler(code, id) {
        named.set(id, new Set([...code.matchAll(NAMED)].map(([, name]) => name!)))
        return {
          code: code.replace(
            ASKS,
            `import * as m from ${JSON.stringify(WORDS.before + id + WORDS.after)}`,
          ),
          map: null,
        }
      },
    },
  }
}

async function readAll(messages: string): Promise<Map<string, string>> {
  const files = (await readdir(messages)).filter((name) => /^[a-z].*\.js$/.test(name)).sort()
  const read = async (file: string) =>
    [file.replace('.js', ''), await readFile(path.join(messages, file), 'utf8')] as const
  return new Map(await Promise.all(files.map(read)))
}
