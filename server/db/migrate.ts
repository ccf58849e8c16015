import { readdirSync, readFileSync } from 'node:fs'
import type { Sql } from './open.ts'

const FOLDER = new URL('./migrations/', import.meta.url)
/** One key for the lock under which migrations run: two processes may start at once. */
const LOCK = 5_427_001

/** Brings the database to the newest shape: numbered files, forward only, each once. */
export async function migrate(sql: Sql): Promise<void> {
  const files = readdirSync(FOLDER)
    .filter((name) => name.endsWith('.sql'))
    .sort()
  await sql.begin(async (tx) => {
    await tx`select pg_advisory_xact_lock(${LOCK})`
    await tx`create table if not exists migration (name text primary key, at timestamptz not null default now())`
    const done = new Set(
      (await tx<{ name: string }[]>`select name from migration`).map((r) => r.name),
    )
    for (const name of files.filter((file) => !done.has(file))) {
      await tx.unsafe(readFileSync(new URL(name, FOLDER), 'utf8'))
      await tx`insert into migration ${tx({ name })}`
    }
  })
}
