import type { Duplex } from 'node:stream'
import type { WebSocket } from 'ws'
import type { Account } from '../auth/sessions.ts'
import type { PersonRow } from '../db/plans.ts'
import { CLOSE } from '#live/wire.ts'
import * as frames from './frames.ts'

type Limits = { messagesPerSecond: number; burst: number; backlogBytes: number }

/** One connection of one person to one document. */
export class Peer {
  readonly socket: WebSocket
  /** The same socket below its messages: what is told to many is made once and written as it is. */
  readonly #wire: Duplex
  readonly account: Account
  readonly documentId: string
  person: PersonRow
  /** The client id this connection writes with, as far as is known. */
  clientId: number | null = null
  /** Asked for what is missing, and not answered yet. */
  asked = false
  /** Something of theirs was taken in. */
  wrote = false
  readonly #limits: Limits
  #tokens: number
  #at = performance.now()
  #closing = false

  constructor(
    socket: WebSocket,
    wire: Duplex,
    account: Account,
    person: PersonRow,
    documentId: string,
    limits: Limits,
  ) {
    this.socket = socket
    this.#wire = wire
    this.account = account
    this.person = person
    this.documentId = documentId
    this.#limits = limits
    this.#tokens = limits.burst
  }

  get closing(): boolean {
    return this.#closing
  }

  /** Whether one more message may come now; people who type never meet this. */
  mayKnock(): boolean {
    const now = performance.now()
    const { burst, messagesPerSecond } = this.#limits
    this.#tokens = Math.min(burst, this.#tokens + ((now - this.#at) / 1000) * messagesPerSecond)
    this.#at = now
    if (this.#tokens < 1) return false
    this.#tokens--
    return true
  }

  /** Sends one frame. */
  send(frame: Uint8Array): void {
    this.pass(frames.packed(frame))
  }

  /** Passes a packed frame on, unless this reader has stopped reading: then it is cut, and its memory with it. */
  pass(packet: Buffer): void {
    if (this.#closing || this.socket.readyState !== 1) return
    if (this.socket.bufferedAmount > this.#limits.backlogBytes) {
      this.close(CLOSE.tooSlow, 'reads too slowly')
      this.socket.terminate()
      return
    }
    this.#wire.write(packet)
  }

  /** All that is said meanwhile goes over the wire at once: a write costs more than what it carries. */
  together(say: () => void): void {
    this.#wire.cork()
    try {
      say()
    } finally {
      this.#wire.uncork()
    }
  }

  refuse(reason: string): void {
    this.send(frames.refused(reason))
  }

  close(code: number, reason: string): void {
    if (this.#closing) return
    this.#closing = true
    this.socket.close(code, reason)
    setTimeout(() => this.socket.terminate(), 3000).unref()
  }
}
