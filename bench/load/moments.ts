/** Single moments: joining, loading, lying open, being killed, being forged, not reading. */
import { performance } from 'node:perf_hooks'
import * as encoding from 'lib0/encoding'
import * as Y from 'yjs'
import { Connection, type Address, type Seat } from './connection.ts'
import { operations, read } from './reading.ts'
import { inTurns, join, pause } from './room.ts'
import { Writer, updateMessage } from './writer.ts'

/** Everyone joins, 25 at a time; joins a second, each with all that the server checks. */
export async function joining({ address, seats }: { address: Address; seats: readonly Seat[] }) {
  const open: Connection[] = []
  const from = performance.now()
  await inTurns(seats, 25, async (seat) => {
    open.push(await join(address, seat))
  })
  const seconds = (performance.now() - from) / 1000
  for (const connection of open) connection.end()
  return { perSecond: seats.length / seconds }
}

/** Writes one letter after another into one document, as many messages as asked. */
export async function filling({
  address,
  seat,
  count,
}: {
  address: Address
  seat: Seat
  count: number
}) {
  const connection = await join(address, seat)
  const reader = await join(address, seat)
  let seen = 0
  reader.onMessage = (message) => {
    const told = read(message)
    if (told.kind === 'update')
      operations(told.update, (client, _from, to) => {
        if (client === writer.client) seen = Math.max(seen, to)
      })
  }
  const writer = new Writer(seat)
  connection.send(writer.card(0))
  for (let n = 0; n < count; n++) {
    connection.send(writer.letter(0))
    if (n % 100 === 99) await pause(1)
  }
  for (let waited = 0; seen < writer.clock && waited < 60_000; waited += 20) await pause(20)
  connection.end()
  reader.end()
  return { letters: count, seen: seen >= writer.clock }
}

/** Milliseconds until all of a document that nobody has open is here. */
export async function loading({ address, seat }: { address: Address; seat: Seat }) {
  const from = performance.now()
  const connection = await join(address, seat)
  const ms = performance.now() - from
  const bytes = connection.received
  connection.end()
  return { ms, bytes }
}

const held: Connection[] = []
/** Opens documents and leaves them open; `close` ends it. */
export async function opening({ address, seats }: { address: Address; seats: readonly Seat[] }) {
  await inTurns(seats, 25, async (seat) => {
    const connection = await join(address, seat)
    held.push(connection)
    connection.send(new Writer(seat).card(0))
  })
  await pause(6000) // until they lie idle
  return { open: held.length }
}
export async function closing() {
  for (const connection of held.splice(0)) connection.end()
  await pause(300)
  return {}
}

/** Types for a second and tells what another person saw of it: that was promised. */
export async function promised({ address, seats }: { address: Address; seats: readonly Seat[] }) {
  const [mine, theirs] = seats as [Seat, Seat]
  const [connection, reader] = [await join(address, mine), await join(address, theirs)]
  const writer = new Writer(mine)
  let seen = 0
  reader.onMessage = (message) => {
    const told = read(message)
    if (told.kind !== 'update') return
    operations(told.update, (client, _from, to) => {
      if (client === writer.client) seen = Math.max(seen, to)
    })
  }
  connection.send(writer.card(0))
  const first = writer.clock
  for (let n = 0; n < 949; n++) {
    connection.send(writer.letter(0))
    await pause(1)
  }
  for (let waited = 0; seen < writer.clock && waited < 5000; waited += 10) await pause(10)
  return { client: writer.client, first, seen }
}

/** How many of the promised operations are there now. */
export async function found(asked: {
  address: Address
  seat: Seat
  client: number
  first: number
  seen: number
}) {
  const connection = new Connection(asked.address, asked.seat)
  const doc = new Y.Doc()
  connection.onMessage = (message) => {
    const told = read(message)
    if (told.kind !== 'other') Y.applyUpdate(doc, told.update)
  }
  await connection.opened()
  connection.send(new Uint8Array([0, 0, 1, 0]))
  await pause(1500)
  connection.end()
  const has = Y.getState(doc.store, asked.client)
  return {
    promised: asked.seen - asked.first,
    lost: Math.max(0, asked.seen - Math.max(has, asked.first)),
  }
}

/** One person writes on under the client id of another: does anybody get to see it? */
export async function forging({ address, seats }: { address: Address; seats: readonly Seat[] }) {
  const [victim, attacker] = seats as [Seat, Seat]
  const [honest, forger] = [await join(address, victim), await join(address, attacker)]
  const reader = await join(address, victim)
  const writer = new Writer(victim)
  honest.send(writer.card(0))
  await pause(400)
  let accepted = false
  reader.onMessage = (message) => {
    const told = read(message)
    if (told.kind !== 'update') return
    operations(told.update, (client, _from, to) => {
      if (client === writer.client && to > writer.clock) accepted = true
    })
  }
  const body = encoding.createEncoder()
  for (const n of [1, 1, writer.client, writer.clock]) encoding.writeVarUint(body, n)
  encoding.writeUint8(body, 0x84)
  for (const n of [writer.client, writer.clock - 1]) encoding.writeVarUint(body, n)
  encoding.writeVarString(body, 'dit zei ik niet')
  encoding.writeVarUint(body, 0)
  forger.send(updateMessage(encoding.toUint8Array(body)))
  await pause(800)
  for (const connection of [honest, forger, reader]) connection.end()
  return { accepted }
}

/** Somebody stops reading while another writes a lot: after how much are they cut? */
export async function lazy({ address, seats }: { address: Address; seats: readonly Seat[] }) {
  const [one, other] = seats as [Seat, Seat]
  const [writerConnection, sleeper] = [await join(address, one), await join(address, other)]
  const writer = new Writer(one)
  writerConnection.send(writer.card(0))
  await pause(200)
  sleeper.pause()
  let sent = 0
  for (let n = 0; n < 700 && writerConnection.closed === null; n++) {
    const from = writer.clock
    writerConnection.send(writer.text(0, 15_000))
    sent += 15_000
    await pause(6)
    writerConnection.send(writer.erase(from, 14_999))
  }
  await pause(500)
  sleeper.resume()
  let waited = 0
  for (; sleeper.closed === null && waited < 2000; waited += 50) await pause(50)
  const got = sleeper.received
  const cut = sleeper.closed !== null
  for (const connection of [writerConnection, sleeper]) connection.end()
  return { cut, mib: (cut ? Math.min(got, sent) : sent) / 2 ** 20 }
}
