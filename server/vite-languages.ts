import { readFile, readdir } from 'node:fs/promises'
import path from 'node:path'
import type { Plugin } from 'vite'

const ENGLISH = 'virtual:english'
const COMPILED = /\/paraglide\/messages\/[a-z][\w-]*\.js$/
/** What one message says in each language, as Paraglide writes it. */
const IN = {
  dutch: /^const nl_(\w+) = ([\s\S]*?\n\});?\n/m,
  english: /^const en_(\w+) = ([\s\S]*?\n\});?\n/m,
}

/**
 * Takes the English words out of what a browser loads with a page.
 *
 * Nearly everyone reads Dutch; whoever reads English fetches all English words once, before the page
 * wakes up (`src/hooks.client.ts`). What the server sends is made with both, as always.
 * Development keeps both together.
 */
export function languages(): Plugin {
  let messages = ''
  return {
    name: 'aan-tafel:languages',
    configResolved(config) {
      messages = path.join(config.root, 'src/lib/paraglide/messages')
    },
    resolveId: { filter: { id: /^virtual:english$/ }, handler: () => `\0${ENGLISH}` },
    load: {
      filter: { id: new RegExp(`^\0${ENGLISH}$`) },
      async handler() {
        if (this.environment.mode !== 'build' || this.environment.name !== 'client')
          return 'export default {}'
        const found: string[] = []
        for (const file of (await readdir(messages)).filter((name) => /^[a-z].*\.js$/.test(name))) {
          const [, name, says] =
            IN.english.exec(await readFile(path.join(messages, file), 'utf8')) ?? []
          if (!name) this.error(`${file} says nothing in English`)
          found.push(`${name}: ${says}`)
        }
        return `export default {\n${found.join(',\n')}\n}`
      },
    },
    transform: {
      filter: { id: COMPILED },
      handler(code) {
        if (this.environment.mode !== 'build' || this.environment.name !== 'client')
          return undefined
        const [, name, dutch] = IN.dutch.exec(code) ?? []
        if (!name) this.error('a message without Dutch words')
        const from = JSON.stringify(path.join(messages, '../../languages.ts'))
        return {
          code: `import { says } from ${from}\nexport const ${name} = /* @__PURE__ */ says('${name}', ${dutch})\n`,
          map: null,
        }
      },
    },
  }
}
