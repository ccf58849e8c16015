/** Whom we compare with, and ourselves: how each is started on a database of its own. */
import { cpSync } from 'node:fs'
import postgres from 'postgres'
import { freePort, startPostgres, type PostgresServer } from '../tests/postgres.ts'
import { atEnd } from './children.ts'
import { Load } from './load.ts'
import type { Seated } from './seed.ts'
import { place, startOther, startOurs, type Server } from './servers.ts'

export const KINDS = ['relay', 'relay-insert', 'y-websocket', 'hocuspocus', 'ours'] as const
export type Kind = (typeof KINDS)[number]
/** The same two on the embedded database. */
export type Embedded = 'relay-embedded' | 'ours-embedded'

export const NAMES: Record<Kind | Embedded, string> = {
  relay: 'bare relay',
  'relay-insert': 'relay, insert first',
  'y-websocket': '@y/websocket-server',
  hocuspocus: 'Hocuspocus + PG',
  ours: 'Aan tafel',
  'relay-embedded': 'relay, insert first, on PGlite',
  'ours-embedded': 'Aan tafel on PGlite',
}

/** A server on a database nobody used before; started again on the same one as often as needed. */
export type Installed = {
  kind: Kind | Embedded
  start(env?: Record<string, string>): Promise<Server>
}

export class Ground {
  readonly postgres: PostgresServer
  readonly seated: Seated
  readonly #seeded: string
  #embedded: { folder: string; seated: Seated } | null = null

  constructor(postgres: PostgresServer, seated: Seated, seeded: string) {
    this.postgres = postgres
    this.seated = seated
    this.#seeded = seeded
  }

  static async lay(sizes: number[]): Promise<Ground> {
    const server = await startPostgres()
    atEnd(() => server.remove())
    const seeded = await server.database()
    return new Ground(server, await seed({ DATABASE_URL: seeded }, sizes), seeded)
  }

  /** What PostgreSQL calls itself. */
  async version(): Promise<string> {
    return ask(this.postgres, async (sql) => {
      const [row] = await sql<{ version: string }[]>`select version()`
      return row!.version.split(' ').slice(0, 2).join(' ')
    })
  }

  /** The seats of the embedded database, which is made at first use. */
  async embedded(sizes: number[]): Promise<Seated> {
    if (!this.#embedded) {
      const folder = place('data')
      this.#embedded = { folder, seated: await seed({ DATA_DIR: folder }, sizes) }
    }
    return this.#embedded.seated
  }

  /** A server with a database of its own. */
  async install(kind: Kind | Embedded): Promise<Installed> {
    switch (kind) {
      case 'relay':
        return { kind, start: () => startOther('relay.mjs', {}, { answers: false }) }
      case 'relay-insert': {
        const DATABASE_URL = await this.postgres.database()
        const start = () => startOther('relay.mjs', { DATABASE_URL }, { answers: true })
        return { kind, start }
      }
      case 'y-websocket': {
        const bin = 'node_modules/@y/websocket-server/src/server.js'
        const start = async () => {
          const PORT = String(await freePort())
          return startOther(bin, { PORT, HOST: '127.0.0.1' }, { answers: true })
        }
        return { kind, start }
      }
      case 'hocuspocus': {
        const env = { DATABASE_URL: await this.postgres.database() }
        const how = { named: true, answers: true }
        return { kind, start: () => startOther('hocuspocus.mjs', env, how) }
      }
      case 'ours': {
        const DATABASE_URL = await this.#copy()
        return { kind, start: (env) => startOurs({ DATABASE_URL, ...env }) }
      }
      case 'relay-embedded': {
        const DATA_DIR = place('relay')
        const start = () => startOther('relay.mjs', { DATA_DIR }, { answers: true })
        return { kind, start }
      }
      case 'ours-embedded': {
        const DATA_DIR = place('data')
        cpSync(this.#embedded!.folder, DATA_DIR, { recursive: true })
        return { kind, start: (env) => startOurs({ DATA_DIR, DEMO: 'off', ...env }) }
      }
      default:
        return kind satisfies never
    }
  }

  async #copy(): Promise<string> {
    const name = `copy_${Date.now().toString(36)}`
    const from = new URL(this.#seeded).pathname.slice(1)
    await ask(this.postgres, (sql) => sql`create database ${sql(name)} template ${sql(from)}`)
    return `${this.postgres.url}/${name}`
  }
}

async function ask<T>(server: PostgresServer, work: (sql: postgres.Sql) => PromiseLike<T>) {
  const sql = postgres(`${server.url}/postgres`, { max: 1, onnotice: () => {} })
  try {
    return await work(sql)
  } finally {
    await sql.end()
  }
}

async function seed(env: Record<string, string>, sizes: number[]): Promise<Seated> {
  const load = new Load()
  try {
    return await load.ask('seed', { env, sizes })
  } finally {
    await load.end()
  }
}
