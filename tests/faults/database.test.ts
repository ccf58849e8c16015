/** A database that restarts, crashes or cuts connections (trust.md F6, F7). */
import { afterAll, beforeAll, beforeEach, afterEach, expect, test } from 'vitest'
import { startPostgres, type PostgresServer } from '../postgres.ts'
import { start, type Running } from '../process.ts'
import { until } from '../table.ts'
import { boardId, Crowd, seed, signIn, whole } from './crowd.ts'

let server: PostgresServer
let url: string
let running: Running
let cookies: string[]
let board: string

beforeAll(async () => (server = await startPostgres()))
afterAll(() => server.remove())
beforeEach(async () => {
  url = await server.database()
  await seed(url)
  running = await start({ DATABASE_URL: url, QUERY_SECONDS: '2' })
  const people = await signIn(running.base)
  cookies = people.map((person) => person.cookie)
  board = await boardId(people[0]!)
})
afterEach(() => running.stop())

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))
const newCrowd = () => new Crowd(running.base, cookies, board).synced()

test('forty connections that are cut end no process and double or lose nothing', async () => {
  const crowd = await newCrowd()
  crowd.type('cut')
  for (let [n, cut] = [0, 0]; cut < 40; n++) {
    await pause(40 + ((n * 31) % 60))
    cut += await server.cut()
  }
  expect(running.child.exitCode).toBe(null)
  await whole(crowd, url)
})

test('a server that is restarted, and one that crashes, are waited for', async () => {
  const crowd = await newCrowd()
  crowd.type('restart')
  for (const end of [server.stop, server.crash, server.stop]) {
    await pause(300)
    await end()
    await pause(400)
    await server.start()
  }
  await pause(500)
  expect(running.child.exitCode).toBe(null)
  await whole(crowd, url)
})

test('while a database is away long, writers are told that nothing is stored, and keep their words', async () => {
  const crowd = await newCrowd()
  crowd.type('away')
  await pause(300)
  await server.stop()
  await until(() => crowd.pens.some((pen) => pen.closes.includes(4503)))
  const before = crowd.known()
  await pause(500)
  expect(crowd.known().saved).toEqual(before.saved) // nothing is called stored meanwhile
  expect(crowd.known().seen).toEqual(before.seen) // and nothing is shown to anybody
  const ready = await fetch(`${running.base}/readyz`)
  expect(ready.status).toBe(503)
  await server.start()
  await whole(crowd, url)
})
