// @ts-nocheck
// Runs before `npm start` and `npm test`, under whatever Node the machine has (18 or newer):
// installs what package-lock.json names, a Node 24 among it, and builds the pages; each only when needed.
import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const SHIPPED = ['linux-x64', 'linux-arm64', 'win32-x64'] // platforms for which npm brings Node 24 along

const time = (path) => {
  try {
    return statSync(join(root, path)).mtimeMs
  } catch {
    return 0
  }
}
const newest = (path) => {
  const entry = join(root, path)
  if (!existsSync(entry)) return 0
  if (!statSync(entry).isDirectory()) return time(path)
  return Math.max(
    0,
    ...readdirSync(entry)
      .filter((name) => name !== 'paraglide')
      .map((name) => newest(join(path, name))),
  )
}
const run = (say, command, args) => {
  console.log(say)
  const { status } = spawnSync(command, args, {
    cwd: root,
    stdio: 'inherit',
    shell: process.platform === 'win32',
  })
  if (status === 0) return
  console.error(`"${command} ${args.join(' ')}" did not succeed; what it said stands above.`)
  process.exit(status ?? 1)
}

const [major, minor] = process.versions.node.split('.').map(Number)
const own = major > 22 || (major === 22 && minor >= 18)
if (!own && !SHIPPED.includes(`${process.platform}-${process.arch}`)) {
  console.error(
    `Aan tafel needs Node 22.18 or newer on this kind of machine; this is Node ${process.versions.node}.`,
  )
  process.exit(1)
}

if (time('node_modules/.package-lock.json') < time('package-lock.json')) {
  run('Installing…', 'npm', ['ci', '--loglevel=error', '--no-audit', '--no-fund'])
}
if (process.argv.includes('--build')) {
  const sources = [
    'src',
    'static',
    'messages',
    'project.inlang/settings.json',
    'svelte.config.js',
    'vite.config.ts',
    'server/vite.ts',
    'server/vite-languages.ts',
    'package-lock.json',
  ]
  if (time('build/handler.js') < Math.max(...sources.map(newest))) {
    run('Building…', 'npm', ['run', 'build', '--silent', '--', '--logLevel=error'])
  }
}
