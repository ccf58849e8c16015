/** The product as a newcomer runs it: a process of its own, on a free port, on loopback. */
import { spawn, type ChildProcess } from 'node:child_process'
import { cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export type Running = {
  base: string
  child: ChildProcess
  /** Ends it as a power cut would. */
  kill(): Promise<void>
  /** Ends it as an operator would. */
  stop(): Promise<void>
  log(): string
}

const ROOT = new URL('..', import.meta.url).pathname

/** Names the folder in which the demo lies ready to be copied, while tests run. */
export const LAID = 'AAN_TAFEL_LAID'

/** A database that is this server's alone, gone with it: a copy of the demo where one lies ready. */
function ownDatabase(): { DATA_DIR: string; gone(): void } {
  const laid = process.env[LAID]
  if (laid === undefined) return { DATA_DIR: 'memory:', gone: () => {} }
  const place = folder()
  cpSync(laid, place.path, { recursive: true })
  return { DATA_DIR: place.path, gone: place.remove }
}

/** Starts the built server. Needs `npm run build` first, which `npm test` does. */
export async function start(env: Record<string, string> = {}): Promise<Running> {
  if (!existsSync(join(ROOT, 'build/handler.js'))) throw new Error('first: npm run build')
  const inherited = { ...process.env }
  for (const name of ['DATABASE_URL', 'REDIS_URL', 'ORIGIN', 'DEMO', LAID]) delete inherited[name]
  const own = 'DATA_DIR' in env || 'DATABASE_URL' in env ? null : ownDatabase()
  const child = spawn(process.execPath, ['server/index.ts'], {
    cwd: ROOT,
    env: {
      ...inherited,
      PORT: '0',
      HOST: '127.0.0.1',
      DATA_DIR: own?.DATA_DIR ?? 'memory:',
      LOG_LEVEL: 'warn',
      QUERY_SECONDS: '60', // a busy machine is slow
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  const ended = new Promise<void>((resolve) =>
    child.once('exit', () => {
      own?.gone()
      resolve()
    }),
  )
  child.stderr.on('data', (data: Buffer) => (output += data.toString()))
  const base = await new Promise<string>((resolve, reject) => {
    child.stdout.on('data', (data: Buffer) => {
      output += data.toString()
      const address = /Aan tafel: (http:\/\/\S+)/.exec(output)?.[1]
      if (address) resolve(address)
    })
    void ended.then(() => reject(new Error(`the server did not start: ${output}`)))
  })
  const end = async (signal: 'SIGKILL' | 'SIGTERM') => {
    if (child.exitCode === null && child.signalCode === null) child.kill(signal)
    await ended
  }
  return { base, child, kill: () => end('SIGKILL'), stop: () => end('SIGTERM'), log: () => output }
}

/** A folder of its own for one test, gone afterwards. */
export function folder(): { path: string; remove(): void } {
  const path = mkdtempSync(join(tmpdir(), 'aan-tafel-'))
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) }
}

/** One signed-in person at the HTTP door. */
export type Caller = {
  cookie: string
  call(method: string, path: string, body?: unknown): Promise<{ status: number; body: unknown }>
}

/** Signs in over the API with the demo password. */
export async function caller(base: string, email: string, password = 'aan-tafel'): Promise<Caller> {
  const signIn = await fetch(`${base}/api/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email, password }),
  })
  const cookie = signIn.headers.get('set-cookie')?.split(';')[0] ?? ''
  if (signIn.status !== 204) throw new Error(`sign-in answered ${signIn.status}`)
  return {
    cookie,
    async call(method, path, body) {
      const response = await fetch(`${base}${path}`, {
        method,
        headers: { cookie, 'content-type': 'application/json' },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      })
      const text = await response.text()
      return { status: response.status, body: text ? (JSON.parse(text) as unknown) : null }
    },
  }
}
