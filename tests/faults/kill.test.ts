/** Twenty power cuts while people type (trust.md F1): what was acknowledged, or shown, is there. */
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { freePort, startPostgres, type PostgresServer } from '../postgres.ts'
import { folder, start } from '../process.ts'
import { Pen, until } from '../table.ts'
import { boardId, Crowd, lost, seed, signIn } from './crowd.ts'

const KILLS = 20

let server: PostgresServer
beforeAll(async () => (server = await startPostgres()))
afterAll(() => server.remove())

const sum = (clocks: Map<number, number>) => [...clocks.values()].reduce((a, b) => a + b, 0)

const KINDS = {
  embedded: () => {
    const place = folder()
    onTestFinished(place.remove)
    return Promise.resolve({ DATA_DIR: place.path })
  },
  server: async () => {
    const url = await server.database()
    await seed(url)
    return { DATABASE_URL: url }
  },
}

describe.each(Object.keys(KINDS) as (keyof typeof KINDS)[])('on the %s database', (kind) => {
  test(`${KILLS} kills lose nothing that was acknowledged or shown`, async () => {
    const env = { ...(await KINDS[kind]()), PORT: `${await freePort()}` }
    let running = await start(env)
    onTestFinished(() => running.kill())
    const people = await signIn(running.base)
    const cookies = people.map((person) => person.cookie)
    const board = await boardId(people[0]!)
    let [acknowledged, shown] = [0, 0]
    for (let kill = 0; kill < KILLS; kill++) {
      const crowd = await new Crowd(running.base, cookies, board).synced()
      crowd.type(`k${kill}`)
      await until(() => {
        const { saved, seen } = crowd.known()
        return sum(saved) > 20 && sum(seen) > 20
      })
      await new Promise((resolve) => setTimeout(resolve, 150 + ((kill * 97) % 300)))
      await running.kill()
      const { saved, seen } = crowd.known()
      crowd.leave()
      running = await start(env)
      const reader = await new Pen(running.base.replace('http', 'ws'), board, cookies[0]!).synced()
      expect(lost(saved, reader.doc), `kill ${kill}: acknowledged`).toEqual([])
      expect(lost(seen, reader.doc), `kill ${kill}: shown to others`).toEqual([])
      acknowledged += sum(saved)
      shown += sum(seen)
      reader.close()
    }
    await running.stop()
    expect(acknowledged).toBeGreaterThan(KILLS * 20)
    expect(shown).toBeGreaterThan(KILLS * 20)
  })
})
