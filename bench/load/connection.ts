/** One WebSocket connection with as little as possible around it, so that the server is what is measured. */
import { randomBytes } from 'node:crypto'
import { connect, type Socket } from 'node:net'

/** Where a server listens and how it wants to be spoken to. */
export type Address = {
  port: number
  /** What stands before the document's name in the address. */
  path: string
  /** Hocuspocus puts the document's name before every message and wants to be greeted first. */
  named: boolean
  /** Whether it holds the document and answers a sync step 1. */
  answers: boolean
}

/** Somebody's place at one document, and the session they have. */
export type Seat = { documentId: string; personId: string; basis: string; cookie: string }

const TOKEN_MESSAGE = 2
const CLOSE_FRAME = 8
const PING_FRAME = 9

function varString(text: string): Buffer {
  const bytes = Buffer.from(text)
  if (bytes.length > 127) throw new Error('too long a name for this benchmark')
  return Buffer.concat([Buffer.from([bytes.length]), bytes])
}

/** A frame of a client. The mask is zero: allowed, and it costs nothing here. */
function framed(opcode: number, payload: Uint8Array): Buffer {
  const { length } = payload
  const head = length < 126 ? 2 : length < 65_536 ? 4 : 10
  const frame = Buffer.allocUnsafe(head + 4 + length)
  frame[0] = 0x80 | opcode
  if (head === 2) frame[1] = 0x80 | length
  else if (head === 4) {
    frame[1] = 0x80 | 126
    frame.writeUInt16BE(length, 2)
  } else {
    frame[1] = 0x80 | 127
    frame.writeBigUInt64BE(BigInt(length), 2)
  }
  frame.writeUInt32BE(0, head)
  frame.set(payload, head + 4)
  return frame
}

export class Connection {
  readonly seat: Seat
  /** Called with each message, without the document's name. */
  onMessage: (message: Buffer) => void = () => {}
  /** Bytes that came in. */
  received = 0
  /** The code it was closed with; 1006 when it just broke. */
  closed: number | null = null
  readonly #socket: Socket
  readonly #prefix: Buffer
  readonly #opened: Promise<void>
  readonly #ended: Promise<void>
  #rest: Buffer = Buffer.alloc(0)
  #upgraded = false

  constructor(address: Address, seat: Seat) {
    this.seat = seat
    this.#prefix = address.named ? varString(seat.documentId) : Buffer.alloc(0)
    const socket = connect({ port: address.port, host: '127.0.0.1', noDelay: true })
    this.#socket = socket
    socket.on('error', () => {})
    this.#ended = new Promise((resolve) => {
      socket.once('close', () => {
        this.closed ??= 1006
        resolve()
      })
    })
    socket.once('connect', () => {
      socket.write(
        `GET ${address.path}${seat.documentId} HTTP/1.1\r\nHost: 127.0.0.1:${address.port}\r\n` +
          `Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n` +
          `Sec-WebSocket-Key: ${randomBytes(16).toString('base64')}\r\nCookie: ${seat.cookie}\r\n\r\n`,
      )
    })
    this.#opened = new Promise((resolve, reject) => {
      void this.#ended.then(() => reject(new Error(`the connection ended with ${this.closed}`)))
      socket.on('data', (chunk: Buffer) => {
        this.received += chunk.length
        const bytes = this.#rest.length > 0 ? Buffer.concat([this.#rest, chunk]) : chunk
        if (this.#upgraded) return this.#read(bytes)
        const end = bytes.indexOf('\r\n\r\n')
        if (end < 0) {
          this.#rest = bytes
          return
        }
        const status = bytes.toString('latin1', 9, 12)
        if (status !== '101') return reject(new Error(`the server answered ${status}`))
        this.#upgraded = true
        if (address.named) this.send(Buffer.from([TOKEN_MESSAGE, 0, 0]))
        resolve()
        this.#read(bytes.subarray(end + 4))
      })
    })
    this.#opened.catch(() => {})
  }

  /** Resolves when messages can be sent. */
  opened(): Promise<void> {
    return this.#opened
  }

  /** Resolves when it is over. */
  ended(): Promise<void> {
    return this.#ended
  }

  send(message: Uint8Array): void {
    const whole = this.#prefix.length > 0 ? Buffer.concat([this.#prefix, message]) : message
    this.#socket.write(framed(2, whole))
  }

  /** Stops reading, as somebody whose network is gone would. */
  pause(): void {
    this.#socket.pause()
  }

  resume(): void {
    this.#socket.resume()
  }

  end(): void {
    this.#socket.destroy()
  }

  #read(bytes: Buffer): void {
    let at = 0
    while (bytes.length - at >= 2) {
      let length = bytes[at + 1]! & 0x7f
      let start = at + 2
      if (length === 126) {
        if (bytes.length < at + 4) break
        length = bytes.readUInt16BE(at + 2)
        start = at + 4
      } else if (length === 127) {
        if (bytes.length < at + 10) break
        length = Number(bytes.readBigUInt64BE(at + 2))
        start = at + 10
      }
      if (bytes.length < start + length) break
      const opcode = bytes[at]! & 0x0f
      const payload = bytes.subarray(start, start + length)
      if (opcode === 2) this.onMessage(this.#prefix.length > 0 ? unnamed(payload) : payload)
      else if (opcode === PING_FRAME) this.#socket.write(framed(10, payload))
      else if (opcode === CLOSE_FRAME) {
        this.closed = length >= 2 ? payload.readUInt16BE(0) : 1005
        this.#socket.end()
      }
      at = start + length
    }
    this.#rest = at < bytes.length ? Buffer.from(bytes.subarray(at)) : Buffer.alloc(0)
  }
}

/** What follows the name of the document; the names here are short. */
const unnamed = (payload: Buffer): Buffer => payload.subarray(1 + payload[0]!)
