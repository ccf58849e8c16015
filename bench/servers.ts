/** One server at a time, as a process of its own. */
import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { start as startProduct } from '../tests/process.ts'
import { atEnd, end, keep } from './children.ts'
import type { Address } from './load/connection.ts'

export type Server = {
  address: Address
  /** Where a browser would open it. */
  base: string
  pid: number
  /** Ends it as a power cut would. */
  kill(): Promise<void>
  /** Ends it as an operator would. */
  stop(): Promise<void>
  /** Bytes of heap and of buffers outside it, after tidying up. */
  memory(): Promise<number>
}

const FOLDER = new URL('./peers/', import.meta.url).pathname
const PROBE = `--import ${new URL('./peers/memory.mjs', import.meta.url).href}`

const folder = mkdtempSync(join(tmpdir(), 'aan-tafel-bench-'))
atEnd(() => rmSync(folder, { recursive: true, force: true }))
let count = 0

/** A name in the folder of this run, gone afterwards. */
export const place = (name: string): string => join(folder, `${name}-${count++}`)

type Env = Record<string, string>

/** The product, as `npm start` runs it. */
export async function startOurs(env: Env): Promise<Server> {
  const file = place('memory')
  const running = await startProduct({ NODE_OPTIONS: PROBE, BENCH_MEMORY: file, ...env })
  keep(running.child)
  const { base, child, kill, stop } = running
  const address = { port: Number(new URL(base).port), path: '/sync/', named: false, answers: true }
  return { address, base, pid: child.pid!, kill, stop, memory: () => ask(child.pid!, file) }
}

/** Another server: `file` in `bench/peers/` says on which port it listens. */
export async function startOther(
  file: string,
  env: Env,
  how: { named?: boolean; answers: boolean },
): Promise<Server> {
  const memory = place('memory')
  const inherited = { ...process.env }
  for (const name of ['DATABASE_URL', 'DATA_DIR', 'HOST', 'PORT']) delete inherited[name]
  const child = keep(
    spawn(process.execPath, [file], {
      cwd: FOLDER,
      env: { ...inherited, NODE_OPTIONS: PROBE, BENCH_MEMORY: memory, ...env },
      stdio: ['ignore', 'pipe', 'inherit'],
    }),
  )
  const port = await new Promise<number>((resolve, reject) => {
    let output = ''
    child.once('exit', () => reject(new Error(`${file} did not start: ${output}`)))
    child.stdout.on('data', (data: Buffer) => {
      output += data.toString()
      const said = /(?:listening on|on port) (\d+)/.exec(output)
      if (said) resolve(Number(said[1]))
    })
  })
  return {
    address: { port, path: '/', named: how.named ?? false, answers: how.answers },
    base: `http://127.0.0.1:${port}`,
    pid: child.pid!,
    kill: () => end(child, 'SIGKILL'),
    stop: () => end(child),
    memory: () => ask(child.pid!, memory),
  }
}

async function ask(pid: number, file: string): Promise<number> {
  rmSync(file, { force: true })
  process.kill(pid, 'SIGUSR2')
  for (let waited = 0; waited < 10_000; waited += 10) {
    if (existsSync(file)) {
      return (JSON.parse(readFileSync(file, 'utf8')) as { bytes: number }).bytes
    }
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
  throw new Error('the server did not say how much memory it uses')
}
