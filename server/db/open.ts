import { mkdirSync } from 'node:fs'
import { resolve } from 'node:path'
import postgres from 'postgres'
import { WrongSetting, type Config } from '../config.ts'
import { lockFolder } from './lock.ts'
import { migrate } from './migrate.ts'
import { startPGlite } from './pglite.ts'

export type Sql = postgres.Sql
export type Tx = postgres.TransactionSql
/** What rows are read and written with: the connection, or a transaction on it. */
export type Db = Sql | Tx

export type Database = {
  sql: Sql
  /** For the log of documents alone: few connections, so that each has its statement at hand. */
  log: Sql
  /** For the questions at the door, the same few for everyone who comes in: likewise. */
  door: Sql
  embedded: boolean
  close(): Promise<void>
}

/** bigint columns are counters here: they stay far below 2^53. */
const types = {
  bigint: {
    to: 20,
    from: [20],
    serialize: (value: number) => String(value),
    parse: (value: string) => Number(value),
  },
}

/** A PostgreSQL server where `databaseUrl` names one, else PGlite in the data folder. */
export async function openDatabase(
  config: Pick<Config, 'databaseUrl' | 'dataDir'>,
): Promise<Database> {
  const database = config.databaseUrl
    ? onServer(config.databaseUrl)
    : await embedded(config.dataDir)
  try {
    await migrate(database.sql)
  } catch (error) {
    await database.close()
    throw unreachable(error) ?? error
  }
  return database
}

/** What a server says when it is not there, or not for us; the code of Node or of PostgreSQL. */
const UNREACHABLE = [
  ...['ECONNREFUSED', 'ENOTFOUND', 'EHOSTUNREACH', 'ETIMEDOUT', 'ECONNRESET', 'CONNECT_TIMEOUT'],
  ...['3D000', '28P01', '28000'],
]

/** At the start: that the database cannot be had, in a sentence. */
function unreachable(error: unknown): WrongSetting | null {
  if (!(error instanceof Error && 'code' in error)) return null
  if (!UNREACHABLE.includes(String(error.code))) return null
  return new WrongSetting(`DATABASE_URL: ${error.message}`)
}

function onServer(url: string): Database {
  const connect = (max: number) =>
    postgres(url, {
      max,
      connect_timeout: 5,
      onnotice: () => {},
      types,
      connection: { application_name: 'aan-tafel' },
    }) as unknown as Sql
  // the log has one more than it writes with: one that hangs holds up nobody
  const [sql, log, door] = [connect(10), connect(3), connect(2)]
  const close = async () =>
    void (await Promise.all([sql, log, door].map((one) => one.end({ timeout: 5 }))))
  return { sql, log, door, embedded: false, close }
}

async function embedded(folder: string): Promise<Database> {
  const memory = folder === 'memory:'
  const root = resolve(folder)
  if (!memory) mkdirSync(root, { recursive: true, mode: 0o700 }) // PGlite writes its files world-readable
  const unlock = memory ? () => {} : await lockFolder(root)
  const engine = await startPGlite(memory ? undefined : resolve(root, 'pg'))
  const sql = postgres({
    user: 'postgres',
    database: 'postgres',
    max: 1, // PGlite has one session
    idle_timeout: 0,
    max_lifetime: null,
    onnotice: () => {},
    types,
    socket: () => engine.connect(),
  } as unknown as postgres.Options<Record<string, never>>) as unknown as Sql
  return {
    sql,
    log: sql,
    door: sql,
    embedded: true,
    async close() {
      await sql.end({ timeout: 5 })
      await engine.close()
      unlock()
    },
  }
}
