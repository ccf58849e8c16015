import { availableParallelism } from 'node:os'
import { paraglideVitePlugin } from '@inlang/paraglide-js'
import { sveltekit } from '@sveltejs/kit/vite'
import { playwright } from '@vitest/browser-playwright'
import type { Plugin } from 'vite'
import { defineConfig } from 'vitest/config'
import { languages } from './server/vite-languages.ts'
import { lean } from './server/vite-lean.ts'
import { table } from './server/vite.ts'
import config from './svelte.config.js'
import { chromium } from './tests/chromium.ts'

/**
 * SvelteKit 3 takes its options from this call and refuses to start while a svelte.config.js
 * exists, so that nothing written there is silently ignored. Ours is imported above and passed on
 * in full, so that one complaint is let go.
 */
async function kit(): Promise<Plugin[]> {
  const plugins: Plugin[] = await sveltekit(config) // Kit 3.2 declares these as the DOM's Plugin
  const guard = plugins.find((plugin) => plugin.name === 'vite-plugin-sveltekit-resolve-root')
  if (guard?.config && typeof guard.config === 'object') {
    const check = guard.config.handler
    guard.config.handler = function (...args: Parameters<typeof check>) {
      try {
        return check.apply(this, args)
      } catch (error) {
        const known = '`svelte.config.js` is no longer used'
        if (!(error instanceof Error && error.message.includes(known))) throw error
      }
    }
  }
  return plugins
}

const node = { environment: 'node', testTimeout: 120_000, hookTimeout: 300_000 } as const
/** Many processes and a browser on a busy machine: in CI once more before it counts as failed; Vitest says so. */
const retry = process.env.CI ? 1 : 0

/** What every page needs, Kit's own with it, goes in one file: many weigh more, and each is a request. */
const EVERY_PAGE =
  /(kit\/src\/runtime\/client\/client\.js|src\/(lib\/look\/(AreaLabel|Banner|Dialog|Icon|Mark|Menu|Page|PersonName|Sign|StateLabel|VoiceLabel)\.svelte|lib\/live\/(away|channel|own-device|watch)\.ts|plan\/(areas|voice)\.ts))$/
/** And so does what every page needs on which people write together. */
const WRITING = /src\/(lib\/live\/document\.svelte|live\/(attribution|documents))\.ts$/

export default defineConfig({
  plugins: [
    paraglideVitePlugin({
      project: './project.inlang',
      outdir: './src/lib/paraglide',
      strategy: ['cookie', 'preferredLanguage', 'baseLocale'],
      cookieName: 'language',
      disableAsyncLocalStorage: false,
    }),
    kit(),
    table(),
    languages(),
    lean(),
  ],
  environments: {
    client: {
      build: {
        rolldownOptions: {
          output: {
            codeSplitting: {
              groups: [
                { name: 'every-page', test: EVERY_PAGE, priority: 1 },
                { name: 'writing', test: WRITING },
              ],
            },
          },
        },
      },
    },
  },
  server: { watch: { ignored: ['**/data/**'] } }, // the embedded database writes there
  test: {
    expect: { requireAssertions: true, poll: { timeout: 30_000 } },
    maxWorkers: Math.max(2, availableParallelism() - 1),
    projects: [
      {
        extends: true,
        test: { ...node, name: 'shape', include: ['tests/*.test.ts'] },
      },
      {
        extends: true,
        test: { ...node, name: 'node', include: ['tests/{plan,live,server}/**/*.test.ts'] },
      },
      {
        extends: true,
        test: {
          ...node,
          name: 'faults',
          retry,
          include: ['tests/faults/**/*.test.ts'],
          globalSetup: 'tests/laid.ts',
          testTimeout: 900_000, // forty servers that start, on a busy machine
          fileParallelism: false,
        },
      },
      {
        extends: true,
        test: {
          ...node,
          name: 'flows',
          retry,
          include: ['tests/flows/**/*.test.ts'],
          globalSetup: 'tests/laid.ts',
          testTimeout: 300_000,
          maxWorkers: 2, // each a server and a browser; more of them only wait for each other
          sequence: { groupOrder: 1 },
        },
      },
      {
        extends: true,
        optimizeDeps: { include: ['yjs'] }, // found while a test runs, it would begin anew
        test: {
          name: 'browser',
          include: ['tests/browser/**/*.test.ts'],
          browser: {
            enabled: true,
            headless: true,
            screenshotFailures: false,
            provider: playwright({ launchOptions: await chromium() }),
            instances: [{ browser: 'chromium' }],
          },
        },
      },
    ],
  },
})
