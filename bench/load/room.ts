/** People at documents: opened, with a card each, and told of everything that arrives. */
import { Connection, type Address, type Seat } from './connection.ts'
import { read } from './reading.ts'
import { ASK, Writer } from './writer.ts'

/** Somebody who has a document open and types in it. */
export type Person = { connection: Connection; writer: Writer }

/** Opens a document and resolves when its content has come; at once where the server holds none. */
export async function join(address: Address, seat: Seat): Promise<Connection> {
  const connection = new Connection(address, seat)
  const here = address.answers
    ? new Promise<void>((resolve, reject) => {
        connection.onMessage = (message) => {
          if (read(message).kind === 'step2') resolve()
        }
        void connection.ended().then(() => reject(new Error(`closed with ${connection.closed}`)))
      })
    : connection.opened()
  here.catch(() => {})
  await connection.opened()
  if (address.answers) connection.send(ASK)
  await here
  return connection
}

/** Everyone joins, some at a time, and puts a card on the board. */
export async function everyone(address: Address, seats: readonly Seat[]): Promise<Person[]> {
  const people: Person[] = []
  await inTurns(seats, 25, async (seat) => {
    const connection = await join(address, seat)
    people.push({ connection, writer: new Writer(seat) })
  })
  for (const { connection, writer } of people) connection.send(writer.card(performance.now()))
  return people
}

/** Does something for each, with at most `most` under way. */
export async function inTurns<T>(
  things: readonly T[],
  most: number,
  work: (thing: T) => Promise<void>,
): Promise<void> {
  let next = 0
  const worker = async () => {
    while (next < things.length) await work(things[next++]!)
  }
  await Promise.all(Array.from({ length: Math.min(most, things.length) }, worker))
}

export const pause = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms))
