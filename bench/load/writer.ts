/** Somebody who types: their updates are put together by hand, so that writing them costs nothing. */
import { randomInt } from 'node:crypto'
import * as encoding from 'lib0/encoding'
import * as Y from 'yjs'
import type { Basis } from '#plan/voice.ts'
import { addCard, boardOf } from '#live/documents.ts'
import type { Seat } from './connection.ts'

const LETTER = 0x78
const SENT = 65_536

/** A y-websocket message that carries an update. */
export function updateMessage(update: Uint8Array): Uint8Array {
  const encoder = encoding.createEncoder()
  encoding.writeVarUint(encoder, 0)
  encoding.writeVarUint(encoder, 2)
  encoding.writeVarUint8Array(encoder, update)
  return encoding.toUint8Array(encoder)
}

/** Asks for the whole document. */
export const ASK = new Uint8Array([0, 0, 1, 0])

export class Writer {
  readonly client = randomInt(2 ** 20, 2 ** 31)
  /** The clock after everything written. */
  clock: number
  /** When each operation was sent, by clock; the last 65,536 of them. */
  readonly sentAt = new Float64Array(SENT)
  readonly #card: Uint8Array
  #last: number

  /** Has a card of their own on the board, which the first message puts there. */
  constructor(seat: Seat, text = 'x') {
    const doc = new Y.Doc()
    doc.clientID = this.client
    const id = `card-${this.client}`
    addCard(doc, {
      id,
      kind: 'point',
      area: null,
      text,
      saidBy: seat.personId,
      basis: seat.basis as Basis,
      order: 'a0',
    })
    const words = boardOf(doc).cards.get(id)?.get('text')
    if (!(words instanceof Y.Text)) throw new Error('a card without a text')
    const [last] = [...doc.store.clients.get(this.client)!]
      .filter((struct) => struct instanceof Y.Item && struct.parent === words)
      .slice(-1)
    this.#last = last!.id.clock + last!.length - 1
    this.clock = Y.getState(doc.store, this.client)
    this.#card = Y.encodeStateAsUpdate(doc)
    doc.destroy()
  }

  /** The message that puts the card on the board. */
  card(now: number): Uint8Array {
    for (let clock = 0; clock < this.clock; clock++) this.sentAt[clock] = now
    return updateMessage(this.#card)
  }

  /** The message of one more letter at the end of the card. */
  letter(now: number): Uint8Array {
    return this.text(now, 1)
  }

  /** The message of more letters at the end of the card. */
  text(now: number, count: number): Uint8Array {
    const body = encoding.createEncoder()
    encoding.writeVarUint(body, 1)
    encoding.writeVarUint(body, 1)
    encoding.writeVarUint(body, this.client)
    encoding.writeVarUint(body, this.clock)
    encoding.writeUint8(body, 0x84) // text, after another letter
    encoding.writeVarUint(body, this.client)
    encoding.writeVarUint(body, this.#last)
    encoding.writeVarUint8Array(body, new Uint8Array(count).fill(LETTER))
    encoding.writeVarUint(body, 0)
    this.#last = this.clock + count - 1
    this.sentAt[this.clock & (SENT - 1)] = now
    this.clock += count
    return updateMessage(encoding.toUint8Array(body))
  }

  /** The message that takes letters away again. */
  erase(from: number, count: number): Uint8Array {
    const body = encoding.createEncoder()
    for (const n of [0, 1, this.client, 1, from, count]) encoding.writeVarUint(body, n)
    return updateMessage(encoding.toUint8Array(body))
  }

  /** When an operation was sent. */
  when(clock: number): number {
    return this.sentAt[clock & (SENT - 1)]!
  }
}
