import { readFile } from 'node:fs/promises'
import path from 'node:path'
import type { Plugin } from 'vite'

/**
 * Parts of libraries that the screens never use, but that would come along with what they do use: the
 * end of the file they stand in, and what a browser is sent in its place.
 */
const LEAN: Record<string, string> = {
  // colours lines in the console, with a schema language and a DOM library; Yjs prints warnings with it
  '/lib0/logging.js': `
    const plain = (...words) => words.filter((word) => word !== '')
    export const print = (...words) => console.log(...plain(words))
    export const warn = (...words) => console.warn(...plain(words))
    export const BOLD = '', UNBOLD = '', ORANGE = '', RED = ''`,
  // the browser is a browser
  '/lib0/environment.js': `
    export const isBrowser = true, isNode = false, production = true, supportsColor = false
    export const getVariable = () => null, hasConf = () => false`,
  // tabs of one browser do not tell each other anything: each hears it from the server
  '/lib0/broadcastchannel.js': `
    export const subscribe = () => {}, unsubscribe = () => {}, publish = () => {}`,
  // no page keeps a state in the history; what forms and pages bring is read as always
  '/kit/src/runtime/app/internal/transport.js': `
    import { parse as read } from 'devalue'
    export let encoders = {}, decoders = {}
    export const has_custom_transporters = false
    export const init_transport = (transport) => {
      const of = (what) => Object.fromEntries(Object.entries(transport).map(([k, v]) => [k, v[what]]))
      encoders = of('encode')
      decoders = of('decode')
    }
    export const parse = (data) => read(data, decoders)
    export const stringify = (state) => {
      if (Object.keys(state).length > 0) throw new Error('a state in the history: see vite-lean.ts')
      return '[{}]'
    }
    export const uneval = stringify`,
  // one web socket, and nothing else
  '/engine.io-client/build/esm/index.js': `
    export * from '/src/lib/live/engine.ts'
    export const Fetch = null, NodeXHR = null, XHR = null
    export const NodeWebSocket = null, WebSocket = null, WebTransport = null`,
  // nothing binary goes over the channel
  '/socket.io-parser/build/esm/is-binary.js': `
    export const isBinary = () => false, hasBinary = isBinary`,
  '/socket.io-parser/build/esm/binary.js': `
    export const deconstructPacket = (packet) => ({ packet, buffers: [] })
    export const reconstructPacket = (packet) => packet`,
  // documents hold maps and texts; the judge lets no XML in (server/sync/judge/rules.ts)
  '/yjs/src/types/YXmlElement.js': xml('YXmlElement'),
  '/yjs/src/types/YXmlFragment.js': `${xml('YXmlFragment')}; export class YXmlTreeWalker {}`,
  '/yjs/src/types/YXmlHook.js': xml('YXmlHook'),
  '/yjs/src/types/YXmlText.js': xml('YXmlText'),
  '/yjs/src/types/YXmlEvent.js': `export class YXmlEvent {}`,
}

/**
 * Yjs' second form of an update, which nothing of ours crosses the wire in: what it keeps in it for
 * itself (an update that came before another it needs) it keeps in the first form as well.
 */
const SECOND_FORM = /export class DS(En|De)coderV2 [\s\S]*$/

async function firstForm(file: string): Promise<string> {
  const code = await readFile(file, 'utf8')
  const [, coder] = SECOND_FORM.exec(code) ?? []
  if (!coder) throw new Error(`${file} is written in another way than server/vite-lean.ts knows`)
  const same = ['DS', 'Update'].map((what) => `${what}${coder}coderV1 as ${what}${coder}coderV2`)
  return code.replace(SECOND_FORM, `export { ${same.join(', ')} }`)
}

function xml(name: string): string {
  return `export class ${name} {}; export const read${name} = () => { throw new Error('XML') }`
}

/** Yjs in its parts, so that undoing comes with the field that can undo. */
const YJS = 'node_modules/yjs/src/index.js'

/**
 * Svelte's runtime does nothing by being loaded, and does not say so: without this every page brings
 * all of it along, fields of forms and all.
 */
const QUIET = { test: /\/svelte\/src\/internal\/(client|shared)\//, sideEffects: false }

/** Leaves those parts out of what a browser is sent. */
export function lean(): Plugin {
  let root = ''
  return {
    name: 'aan-tafel:lean',
    enforce: 'pre',
    apply: 'build',
    applyToEnvironment: ({ name }) => name === 'client',
    config: () => ({
      environments: {
        client: { build: { rolldownOptions: { treeshake: { moduleSideEffects: [QUIET] } } } },
      },
    }),
    configResolved(config) {
      root = config.root
    },
    resolveId: {
      filter: { id: /^yjs$/ },
      handler: () => ({ id: path.join(root, YJS), moduleSideEffects: false }),
    },
    load: {
      filter: { id: /\/(lib0|socket\.io-parser|engine\.io-client|kit|yjs)\/.*\.js$/ },
      async handler(id) {
        if (/\/yjs\/src\/utils\/Update(En|De)coder\.js$/.test(id))
          return { code: await firstForm(id), moduleSideEffects: false }
        const code = Object.entries(LEAN).find(([end]) => id.endsWith(end))?.[1]
        return code === undefined ? undefined : { code, moduleSideEffects: false }
      },
    },
  }
}
