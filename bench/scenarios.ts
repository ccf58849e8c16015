/** What is measured, one server at a time: a row of the table each. */
import type { Load } from './load.ts'
import type { Felt } from './load/traffic.ts'
import type { Seat } from './load/connection.ts'
import type { Installed } from './peers.ts'
import type { Server } from './servers.ts'

/** Seats by what they are for. */
export type Cast = { ten: Seat[]; many: Seat[][]; deep: Seat[]; spare: Seat[][] }

export type Row = {
  fan: Felt
  many: Felt
  most: number
  cold: number | null
  joins: number
  idleKib: number
  lost: { lost: number; promised: number } | null
  forged: boolean
  lazy: { cut: boolean; mib: number }
}

/** Limits that honest people never meet, out of the way of a load no person makes. */
const OPEN = {
  LIMIT_MESSAGES_PER_SECOND: '100000',
  LIMIT_BURST: '1000000',
  LIMIT_FIELD_CHARACTERS: '1000000',
  LIMIT_CONNECTIONS: '10000',
  LOG_LEVEL: 'error',
  ROOM_IDLE_SECONDS: '2', // so that a document that lies open can be told from one that is written in
}

const COLD_UPDATES = 20_000

/** Each is measured so often, and the one in the middle counts. */
const TIMES = 3
/** Hocuspocus stores two seconds after the last key. */
const STORE_SECONDS = 4

const middle = (of: readonly number[]): number => [...of].sort((a, b) => a - b)[of.length >> 1]!

/** Asks the same some times, and answers with the middle of each figure. */
async function often<T extends Record<string, number>>(ask: () => Promise<T>): Promise<T> {
  const all: T[] = []
  for (let time = 0; time < TIMES; time++) all.push(await ask())
  const [first] = all
  return Object.fromEntries(
    Object.keys(first!).map((name) => [name, middle(all.map((one) => one[name]!))]),
  ) as T
}

/** Updates a second at which the slowest in a hundred still take less than 100 ms. */
async function most(load: Load, server: Server, seats: readonly Seat[]): Promise<number> {
  let best = 0
  for (const perSecond of [1000, 2000, 3000, 4500, 6500, 9000, 12_000, 16_000, 21_000, 28_000]) {
    const ask = () =>
      load.ask('traffic', {
        ...{ address: server.address, pid: server.pid, seats, perSecond },
        ...{ warmSeconds: 1, seconds: 3 },
      })
    const keeps = (felt: Felt) => felt.p99 < 100 && felt.missing === 0
    let felt = await ask()
    if (!keeps(felt)) felt = await ask() // it may have been the machine
    if (!keeps(felt)) break
    best = Math.max(best, felt.perSecond)
  }
  return best
}

/** What a server holds once nothing of before is being let go any more, bytes. */
async function settled(server: Server): Promise<number> {
  let now = await server.memory()
  for (let turn = 0; turn < 15; turn++) {
    await new Promise((resolve) => setTimeout(resolve, 5000))
    const last = now
    now = await server.memory()
    if (last - now < 100 * 1024) break
  }
  return now
}

/** Runs everything against one server. */
export async function measure(load: Load, installed: Installed, cast: Cast): Promise<Row> {
  let server = await installed.start(OPEN)
  const { address } = server
  const stores = address.answers
  const traffic = (seats: readonly Seat[], perSecond: number, seconds: number, storeSeconds = 0) =>
    often(() =>
      load.ask('traffic', {
        ...{ address: server.address, pid: server.pid, seats, perSecond },
        ...{ warmSeconds: 2, seconds, storeSeconds },
      }),
    )
  const fan = await traffic(cast.ten, 20, 10)
  const many = await traffic(cast.many.flat(), 1000, 8, STORE_SECONDS)
  const { perSecond: joins } = await often(() =>
    load.ask('joining', { address: server.address, seats: cast.many.flat().slice(0, 500) }),
  )
  await new Promise((resolve) => setTimeout(resolve, 15_000)) // what was open before is kept and goes
  const before = await settled(server)
  const idle = cast.many.map((seats) => seats[0]!)
  await load.ask('opening', { address: server.address, seats: idle })
  const idleKib = ((await server.memory()) - before) / 1024 / idle.length
  await load.ask('closing', {} as never)
  const { accepted: forged } = await load.ask('forging', {
    address: server.address,
    seats: cast.spare[0]!,
  })
  const best = await most(load, server, cast.many.flat())

  let cold: number | null = null
  let lost: Row['lost'] = null
  if (stores) {
    await load.ask('filling', { address: server.address, seat: cast.deep[0]!, count: COLD_UPDATES })
    await new Promise((resolve) => setTimeout(resolve, STORE_SECONDS * 1000))
    const again = async () => {
      await server.stop()
      server = await installed.start(OPEN)
      const warm = cast.ten[0]!
      await load.ask('loading', { address: server.address, seat: warm }) // the server has woken up
      return load.ask('loading', { address: server.address, seat: cast.deep[0]! })
    }
    ;({ ms: cold } = await often(again))
    const seen = await load.ask('promised', { address: server.address, seats: cast.spare[1]! })
    await server.kill()
    server = await installed.start(OPEN)
    lost = await load.ask('found', { address: server.address, seat: cast.spare[1]![0]!, ...seen })
  }
  const lazy = await load.ask('lazy', { address: server.address, seats: cast.spare[2]! })
  await server.stop()
  return { fan, many, most: best, cold, joins, idleKib, lost, forged, lazy }
}
