/** Power cuts at chosen moments (trust.md F1, F2, F4): the database itself says when. */
import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import postgres from 'postgres'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { freePort, startPostgres, type PostgresServer } from '../postgres.ts'
import { folder, start, type Running } from '../process.ts'
import { until } from '../table.ts'
import { boardId, Crowd, seed, signIn, whole } from './crowd.ts'

let server: PostgresServer
beforeAll(async () => (server = await startPostgres()))
afterAll(() => server.remove())

/** People who type on a database that can be told to stop in the middle. */
async function typing(mark: string) {
  const url = await server.database()
  await seed(url)
  const env = { DATABASE_URL: url, PORT: `${await freePort()}` }
  const running = await start(env)
  const people = await signIn(running.base)
  const board = await boardId(people[0]!)
  const cookies = people.map((person) => person.cookie)
  const crowd = await new Crowd(running.base, cookies, board).synced()
  crowd.type(mark)
  const sql = postgres(url, { max: 2, onnotice: () => {} })
  return { url, env, running, crowd, sql }
}

/** Starts again, and looks whether everybody comes together and nothing is doubled or lost. */
async function again(at: { url: string; env: Record<string, string>; crowd: Crowd }) {
  const running: Running = await start(at.env)
  await whole(at.crowd, at.url)
  await running.stop()
}

test('a kill in the middle of a commit leaves all of it out, and the writers send it again', async () => {
  const at = await typing('middle')
  const { sql, running } = at
  await until(async () => (await sql`select 1 from document_update where seq > 60`).length > 0)
  await sql.unsafe(`
    create function slowly() returns trigger language plpgsql as
      $$ begin perform pg_sleep(300); return null; end $$;
    create trigger slowly after insert on document_update execute function slowly();`)
  const under = () => sql<{ pid: number }[]>`
    select pid from pg_stat_activity where wait_event = 'PgSleep' and query like '%insert into document_update%'`
  await until(async () => (await under()).length > 0)
  const before = await sql<{ n: number }[]>`select count(*)::int as n from document_update`
  await running.kill()
  await sql`select pg_terminate_backend(pid) from pg_stat_activity where wait_event = 'PgSleep'`
  await until(async () => (await under()).length === 0)
  expect(await sql`select count(*)::int as n from document_update`).toEqual(before)
  await sql.unsafe('drop trigger slowly on document_update')
  await again(at)
  await sql.end()
})

test('a kill between commit and acknowledgement doubles nothing', async () => {
  const at = await typing('between')
  const { sql, running } = at
  await until(async () => (await sql`select 1 from document_update where seq > 60`).length > 0)
  let cut = false
  await sql.listen('stored', () => {
    cut = true
    void running.kill()
  })
  await sql.unsafe(`
    create function tell() returns trigger language plpgsql as
      $$ begin perform pg_notify('stored', ''); return null; end $$;
    create trigger tell after insert on document_update execute function tell();`)
  await until(() => cut)
  await running.kill() // until it is gone
  await sql.unsafe('drop trigger tell on document_update')
  await again(at)
  await sql.end()
})

test('a second process on one data folder says why it does not start, and harms nothing', async () => {
  const place = folder()
  const first = await start({ DATA_DIR: place.path })
  const asked = { ...process.env, DATA_DIR: place.path, PORT: '0', HOST: '127.0.0.1' }
  const root = new URL('../..', import.meta.url).pathname
  const second = promisify(execFile)(process.execPath, ['server/index.ts'], {
    cwd: root,
    env: asked,
  })
  const said = await second.then(
    () => null,
    (error: { code: number; stderr: string; stdout: string }) => error,
  )
  expect(said?.code).toBe(1)
  expect(`${said?.stderr}${said?.stdout}`).toContain(place.path)
  expect(`${said?.stderr}${said?.stdout}`).not.toContain('    at ') // a sentence, no stack
  expect((await fetch(`${first.base}/readyz`)).status).toBe(200)
  await first.kill()
  const third = await start({ DATA_DIR: place.path }) // a lock does not outlive who held it
  await third.stop()
  place.remove()
})
