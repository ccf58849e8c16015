import type { Plugin } from 'vite'

/**
 * Parts of libraries that the screens never use, but that would come along with what they do use.
 *
 * - `lib0/logging` colours lines in the console, and brings a schema language and a DOM library with
 *   it; Yjs prints three warnings with it.
 * - Engine.IO carries long polling and WebTransport; the channel opens a web socket and nothing else
 *   (`src/lib/live/channel.ts`).
 */
const LEAN: Record<string, string> = {
  '/lib0/logging.js': `
    const plain = (...words) => words.filter((word) => word !== '')
    export const print = (...words) => console.log(...plain(words))
    export const warn = (...words) => console.warn(...plain(words))
    export const BOLD = '', UNBOLD = '', ORANGE = '', RED = ''`,
  '/engine.io-client/build/esm/transports/index.js': `
    import { WS } from './websocket.js'
    export const transports = { websocket: WS }`,
}

/** Leaves those parts out of what a browser is sent. */
export function lean(): Plugin {
  return {
    name: 'aan-tafel:lean',
    enforce: 'pre',
    load: {
      filter: { id: /\/(lib0\/logging|transports\/index)\.js$/ },
      handler(id) {
        if (this.environment.mode !== 'build' || this.environment.name !== 'client')
          return undefined
        return Object.entries(LEAN).find(([path]) => id.endsWith(path))?.[1]
      },
    },
  }
}
