/** `npm run dev`: the same server inside Vite, with pages that come alive. */
import { spawn, type ChildProcess } from 'node:child_process'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { screens, type Screens } from '../browser.ts'
import { folder } from '../process.ts'

const data = folder()
let vite: ChildProcess
let people: Screens
let base: string
beforeAll(async () => {
  const root = new URL('../..', import.meta.url).pathname
  const env: NodeJS.ProcessEnv = { ...process.env, DATA_DIR: `${data.path}/data` }
  for (const name of ['VITEST', 'NODE_ENV', 'DATABASE_URL', 'REDIS_URL', 'ORIGIN', 'DEMO'])
    delete env[name]
  const asked = ['node_modules/vite/bin/vite.js', 'dev', '--host', '127.0.0.1', '--port', '0']
  vite = spawn(process.execPath, asked, { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'] })
  let said = ''
  vite.stderr!.on('data', (more: Buffer) => (said += more.toString()))
  base = await new Promise<string>((resolve, reject) => {
    vite.once('exit', () => reject(new Error(`it did not start: ${said}`)))
    vite.stdout!.on('data', (more: Buffer) => {
      said += more.toString()
      // eslint-disable-next-line no-control-regex -- Vite colours what it says
      const address = /Local:\s+(http:\/\/[\d.]+:\d+)/.exec(said.replace(/\x1b\[\d+m/g, ''))?.[1]
      if (address) resolve(address)
    })
  })
  people = await screens(base)
})
afterAll(async () => {
  await people?.close()
  const ended = new Promise((done) => vite.once('exit', done))
  vite.kill()
  await ended
  data.remove()
})

test('a page of development comes alive and connects, in Dutch and in English', async () => {
  const page = await people.sit('Fatima')
  await page.context().addCookies([{ name: 'language', value: 'en', url: base }])
  await page.reload()
  await page.getByText('Everything is saved').waitFor({ timeout: 120_000 })
  expect(people.faults).toEqual([])
})
