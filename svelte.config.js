import adapter from '@sveltejs/adapter-node'

/**
 * SvelteKit's options. `vite.config.ts` hands them to the plugin.
 *
 * Everything a page loads comes from this server: no third-party request of any kind. Styles may
 * stand on an element (a caret's place), scripts only with the page's own nonce.
 *
 * @type {import('@sveltejs/kit/vite').Config}
 */
const config = {
  compilerOptions: {
    runes: ({ filename }) => (filename.split(/[/\\]/).includes('node_modules') ? undefined : true),
  },
  adapter: adapter({ out: 'build' }),
  serviceWorker: { register: false }, // only on a device of somebody's own: src/lib/live/away.ts
  csp: {
    mode: 'nonce',
    directives: {
      'default-src': ['none'],
      'script-src': ['self'],
      'style-src': ['self', 'unsafe-inline'],
      'img-src': ['self', 'data:'],
      'font-src': ['self'],
      'connect-src': ['self'],
      'manifest-src': ['self'],
      'base-uri': ['none'],
      'form-action': ['self'],
      'frame-ancestors': ['none'],
    },
  },
}
export default config
