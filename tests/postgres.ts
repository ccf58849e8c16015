/** A PostgreSQL server of the tests' own: its own folder and port, ended by its process id. */
import { execFileSync, spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { chmodSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import postgres from 'postgres'

export type PostgresServer = {
  url: string
  /** A fresh database on it. */
  database(): Promise<string>
  /** Ends it at once, as a crash would; the folder stays. */
  crash(): Promise<void>
  /** Ends it as an operator in a hurry would: every connection is cut. */
  stop(): Promise<void>
  /** Starts it again on the same folder and port. */
  start(): Promise<void>
  /** Cuts every connection but one's own. */
  cut(): Promise<number>
  /** Ends it and takes the folder away. */
  remove(): Promise<void>
}

const ROOT = '/usr/lib/postgresql'

/** Where `initdb` and `postgres` are, or null. */
export function postgresFolder(): string | null {
  if (existsSync(ROOT)) {
    const [newest] = readdirSync(ROOT).sort((a, b) => Number(b) - Number(a))
    if (newest && existsSync(join(ROOT, newest, 'bin/initdb'))) return join(ROOT, newest, 'bin')
  }
  const found = spawnSync('sh', ['-c', 'command -v initdb'], { encoding: 'utf8' }).stdout.trim()
  return found ? join(found, '..') : null
}

/** Starts a server. Throws a sentence that says what to install where there is none. */
export async function startPostgres(): Promise<PostgresServer> {
  const bin = postgresFolder()
  if (!bin)
    throw new Error('no PostgreSQL on this machine: install it (apt-get install postgresql)')
  const folder = mkdtempSync(join(tmpdir(), 'aan-tafel-pg-'))
  const root = process.getuid?.() === 0 // PostgreSQL refuses to run as root
  if (root) execFileSync('chown', ['postgres', folder])
  chmodSync(folder, 0o700)
  const as = (command: string, args: string[]): [string, string[]] =>
    root ? ['runuser', ['-u', 'postgres', '--', command, ...args]] : [command, args]
  const data = join(folder, 'data')
  const init = as(join(bin, 'initdb'), ['-D', data, '-A', 'trust', '-U', 'postgres', '-E', 'UTF8'])
  execFileSync(...init, { stdio: 'pipe', cwd: folder })
  const port = await freePort()
  const url = `postgres://postgres@127.0.0.1:${port}`
  let child: ChildProcess | null = null
  let ended: Promise<void> = Promise.resolve()
  const start = async () => {
    const options = ['-D', data, '-p', `${port}`, '-h', '127.0.0.1', '-k', folder]
    const server = spawn(...as(join(bin, 'postgres'), options), { stdio: 'ignore', cwd: folder })
    child = server
    ended = new Promise((resolve) => server.once('exit', () => resolve()))
    await answering(url)
  }
  const signal = async (name: 'SIGINT' | 'SIGQUIT') => {
    if (!child) return
    const pid = Number(execFileSync('head', ['-1', join(data, 'postmaster.pid')]).toString())
    process.kill(pid, name) // runuser does not pass SIGQUIT on
    await ended
    child = null
  }
  await start()
  let count = 0
  return {
    url,
    start,
    async database() {
      const name = `tafel_${process.pid}_${count++}`
      await once(`${url}/postgres`, (sql) => sql`create database ${sql(name)}`)
      return `${url}/${name}`
    },
    crash: () => signal('SIGQUIT'), // immediate shutdown: recovers from its log at the next start
    stop: () => signal('SIGINT'),
    cut: async () => {
      const rows = await once(
        `${url}/postgres`,
        (sql) => sql`
          select pg_terminate_backend(pid) from pg_stat_activity
          where pid <> pg_backend_pid() and backend_type = 'client backend'`,
      )
      return rows.length
    },
    async remove() {
      await signal('SIGQUIT')
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

async function once<T>(url: string, ask: (sql: postgres.Sql) => PromiseLike<T>): Promise<T> {
  const sql = postgres(url, { max: 1, onnotice: () => {} })
  try {
    return await ask(sql)
  } finally {
    await sql.end()
  }
}

async function answering(url: string): Promise<void> {
  for (let tries = 0; tries < 1000; tries++) {
    try {
      await once(`${url}/postgres`, (sql) => sql`select 1`)
      return
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
  }
  throw new Error('the PostgreSQL of the test did not start')
}

/** A port of this machine that nobody uses now. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject).listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo
      server.close(() => resolve(port))
    })
  })
}
