/** People who type: as often as asked, each at their own moments, whatever the server does. */
import { readFileSync } from 'node:fs'
import type { Address, Seat } from './connection.ts'
import { Histogram } from './histogram.ts'
import { operations, read } from './reading.ts'
import { everyone, pause, type Person } from './room.ts'

export type Traffic = {
  address: Address
  /** The server's process. */
  pid: number
  seats: readonly Seat[]
  perSecond: number
  warmSeconds: number
  seconds: number
  /** So long after the last key the server's work still counts: some store after a pause. */
  storeSeconds?: number
}

export type Felt = {
  /** Milliseconds from sending to arrival at each other person. */
  p50: number
  p99: number
  /** Updates sent a second, as it really was. */
  perSecond: number
  sent: number
  /** Arrivals that did not come within three seconds after the last was sent. */
  missing: number
  /** CPU seconds of the server per 1,000 updates, storing included. */
  serverCpu: number
  /** Share of one core the server and this process used. */
  serverShare: number
  ownShare: number
}

const TICKS = 100 // of /proc, a second

/** CPU seconds a process has used, all its threads. */
export function cpuSeconds(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'latin1')
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return (Number(fields[11]) + Number(fields[12])) / TICKS
}

/** Types at one rate and measures what the others feel of it. */
export async function traffic(asked: Traffic): Promise<Felt> {
  const people = await everyone(asked.address, asked.seats)
  try {
    return await typing(people, asked)
  } finally {
    for (const { connection } of people) connection.end()
  }
}

async function typing(people: readonly Person[], asked: Traffic): Promise<Felt> {
  const felt = new Histogram()
  const writers = new Map(people.map(({ writer }) => [writer.client, writer]))
  const others = new Map<string, number>()
  for (const { connection } of people) {
    const id = connection.seat.documentId
    others.set(id, (others.get(id) ?? -1) + 1)
  }
  let [from, until] = [Infinity, Infinity]
  for (const { connection, writer: self } of people) {
    connection.onMessage = (message) => {
      const told = read(message)
      if (told.kind !== 'update') return
      const now = performance.now()
      operations(told.update, (client, first, end) => {
        const writer = writers.get(client)
        if (!writer || writer === self) return
        for (let clock = first; clock < end; clock++) {
          const sent = writer.when(clock)
          if (sent >= from && sent < until) felt.add(now - sent)
        }
      })
    }
  }
  await pause(300)
  const start = performance.now()
  const [warm, length] = [asked.warmSeconds * 1000, asked.seconds * 1000]
  let [sent, expected] = [0, 0]
  let [server, own] = [0, 0]
  const cpu = () => [cpuSeconds(asked.pid), cpuSeconds(process.pid)] as const
  await new Promise<void>((done) => {
    let next = start
    const beat = () => {
      const now = performance.now()
      if (from === Infinity && now >= start + warm) {
        ;[server, own] = cpu()
        from = now
      }
      if (now >= start + warm + length) {
        until = now
        return done()
      }
      for (; next <= now; next += (-Math.log(1 - Math.random()) * 1000) / asked.perSecond) {
        const { connection, writer } = people[Math.floor(Math.random() * people.length)]!
        const at = performance.now()
        connection.send(writer.letter(at))
        if (from === Infinity) continue
        sent++
        expected += others.get(connection.seat.documentId)!
      }
      setTimeout(beat, 1)
    }
    beat()
  })
  const seconds = (until - from) / 1000
  const [busy, ownEnd] = cpu()
  for (let waited = 0; felt.count < expected && waited < 3000; waited += 50) await pause(50)
  const missing = Math.max(0, expected - felt.count)
  await pause((asked.storeSeconds ?? 0) * 1000)
  const [serverEnd] = cpu()
  return {
    p50: felt.quantile(0.5, missing),
    p99: felt.quantile(0.99, missing),
    perSecond: sent / seconds,
    sent,
    missing,
    serverCpu: ((serverEnd - server) / sent) * 1000,
    serverShare: (busy - server) / seconds,
    ownShare: (ownEnd - own) / seconds,
  }
}
