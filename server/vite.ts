import type { Server } from 'node:http'
import type { Plugin, ViteDevServer } from 'vite'

/**
 * One server, two ways to run it.
 *
 * Build: files of `server/` stay outside the bundle, as `#server/…` imports that Node resolves at
 * run time, so that pages, hooks and sockets share one instance of each. Development: the same
 * files on Vite's own port, loaded through Vite so that they share modules with the pages.
 */
export function table(): Plugin[] {
  return [
    {
      name: 'aan-tafel:server-outside',
      apply: 'build',
      enforce: 'pre',
      resolveId: {
        filter: { id: /^#server\// },
        handler(id) {
          return this.environment.name === 'ssr' ? { id, external: true } : undefined
        },
      },
    },
    {
      name: 'aan-tafel:sockets',
      apply: (_config, { command, isPreview }) =>
        command === 'serve' && !isPreview && !process.env.VITEST,
      async configureServer(vite: ViteDevServer) {
        const http = vite.httpServer as Server | null
        if (!http) return // middleware mode
        const { attachDev } = (await vite.ssrLoadModule(
          '/server/dev.ts',
        )) as typeof import('./dev.ts')
        const attached = await attachDev(http)
        http.once('close', () => void attached.close())
        vite.watcher.on('change', (file) => {
          if (file.startsWith(`${vite.config.root}/server/`)) void vite.restart()
        })
      },
    },
  ]
}
