/** A connection that says whatever it is told to, and one that behaves: both without a provider. */
import { connect } from 'node:net'
import * as decoding from 'lib0/decoding'
import { WebSocket } from 'ws'
import { applyAwarenessUpdate, Awareness, encodeAwarenessUpdate } from 'y-protocols/awareness'
import * as Y from 'yjs'
import { AWARENESS, REFUSED, SYNC } from '#live/wire.ts'
import * as frames from '#server/sync/frames.ts'

export class RawClient {
  readonly doc = new Y.Doc()
  readonly awareness = new Awareness(this.doc)
  readonly refused: string[] = []
  readonly faults: string[] = []
  closedWith: number | null = null
  #answers = 0
  readonly #socket: WebSocket

  constructor(base: string, documentId: string, cookie: string) {
    this.awareness.setLocalState(null)
    this.#socket = new WebSocket(`${base}/sync/${documentId}`, { headers: { cookie } })
    this.#socket.on('error', (error) => this.faults.push(error.message))
    this.#socket.on('close', (code) => (this.closedWith = code))
    this.#socket.on('message', (data: Buffer) => this.#hear(new Uint8Array(data)))
  }

  async opened(): Promise<this> {
    await new Promise<void>((done, fail) => {
      this.#socket.once('open', () => done())
      this.#socket.once('close', (code) => fail(new Error(`closed with ${code}`)))
    })
    return this
  }

  send(frame: Uint8Array | string): void {
    if (this.#socket.readyState === 1) this.#socket.send(frame)
  }

  /** Everything said before was handled once this is answered; false when the connection ended first. */
  async answered(ms = 10_000): Promise<boolean> {
    const before = this.#answers
    this.send(frames.step1(Y.encodeStateVector(this.doc)))
    const end = Date.now() + ms
    while (this.#answers === before) {
      if (this.closedWith !== null) return false
      if (Date.now() > end) throw new Error('the server does not answer any more')
      await new Promise((resolve) => setTimeout(resolve, 2))
    }
    return true
  }

  /** Says who is here, as a client of its own would. */
  show(state: Record<string, unknown>): void {
    this.awareness.setLocalState(state)
    this.send(frames.awareness(encodeAwarenessUpdate(this.awareness, [this.awareness.clientID])))
  }

  close(): void {
    this.awareness.destroy()
    this.#socket.terminate()
  }

  #hear(message: Uint8Array): void {
    try {
      const decoder = decoding.createDecoder(message)
      const type = decoding.readVarUint(decoder)
      if (type === SYNC) {
        const step = decoding.readVarUint(decoder)
        const body = decoding.readVarUint8Array(decoder)
        if (step !== 0) Y.applyUpdate(this.doc, body, this)
        if (step === 1) this.#answers++
      } else if (type === AWARENESS) {
        applyAwarenessUpdate(this.awareness, decoding.readVarUint8Array(decoder), this)
      } else if (type === REFUSED) this.refused.push(decoding.readVarString(decoder))
    } catch (error) {
      this.faults.push(String(error))
    }
  }
}

export type Knock = { path: string; headers: Record<string, string> }

/** A WebSocket handshake by hand: the HTTP status and, once upgraded, the close code that follows. */
export function knock(base: string, asked: Knock): Promise<{ status: number; code: number | null }> {
  const { hostname, port } = new URL(base)
  return new Promise((resolve) => {
    const socket = connect(Number(port), hostname)
    let bytes = Buffer.alloc(0)
    const head = { Host: `${hostname}:${port}`, ...asked.headers }
    const lines = Object.entries(head).map(([name, value]) => `${name}: ${value}`)
    socket.on('connect', () =>
      socket.write(`GET ${asked.path} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n`),
    )
    const end = () => {
      const at = bytes.indexOf('\r\n\r\n')
      const status = Number(/^HTTP\/1\.1 (\d+)/.exec(bytes.toString('latin1'))?.[1] ?? 0)
      const frame = at < 0 ? Buffer.alloc(0) : bytes.subarray(at + 4)
      const closes = frame.length >= 4 && (frame[0]! & 0x0f) === 8
      resolve({ status, code: closes ? frame.readUInt16BE(2) : null })
      socket.destroy()
    }
    socket.on('data', (chunk: Buffer) => {
      bytes = Buffer.concat([bytes, chunk])
      const at = bytes.indexOf('\r\n\r\n')
      const upgraded = bytes.toString('latin1', 0, 12) === 'HTTP/1.1 101'
      if (at >= 0 && (!upgraded || bytes.length >= at + 8)) end()
    })
    socket.on('error', end)
    socket.on('close', end)
    setTimeout(end, 3000).unref()
  })
}
