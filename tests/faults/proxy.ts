/** A network between people and the server that loses, doubles, swaps and swallows messages. */
import type { AddressInfo } from 'node:net'
import { WebSocket, WebSocketServer } from 'ws'

export type Mood = 'fair' | 'double' | 'swap' | 'lossy' | 'silent'

export class Network {
  /** What happens to each message on its way, in both directions. */
  mood: Mood = 'fair'
  /** How many messages it did something to. */
  harmed = 0
  readonly #sockets: WebSocketServer
  readonly #random: () => number

  constructor(target: string, random: () => number) {
    this.#random = random
    this.#sockets = new WebSocketServer({ host: '127.0.0.1', port: 0 })
    this.#sockets.on('connection', (near, request) => {
      const { cookie } = request.headers
      const far = new WebSocket(`${target}${request.url}`, { headers: { cookie: cookie ?? '' } })
      this.#carry(near, far)
      this.#carry(far, near)
    })
  }

  async open(): Promise<string> {
    if (!this.#sockets.address())
      await new Promise((resolve) => this.#sockets.once('listening', resolve))
    return `ws://127.0.0.1:${(this.#sockets.address() as AddressInfo).port}`
  }

  /** Breaks every connection. */
  cut(): void {
    for (const socket of this.#sockets.clients) socket.terminate()
  }

  close(): void {
    this.cut()
    this.#sockets.close()
  }

  #carry(from: WebSocket, to: WebSocket): void {
    const early: Buffer[] = []
    let held: Buffer | null = null
    to.on('open', () => {
      for (const data of early.splice(0)) to.send(data)
    })
    const pass = (data: Buffer) => {
      if (to.readyState === WebSocket.OPEN) to.send(data)
      else if (to.readyState === WebSocket.CONNECTING) early.push(data)
    }
    from.on('message', (data: Buffer) => {
      const harm = this.mood !== 'fair' && (this.mood === 'silent' || this.#random() < 0.15)
      if (harm) this.harmed++
      if (harm && (this.mood === 'silent' || this.mood === 'lossy')) return
      if (harm && this.mood === 'swap' && held === null) {
        held = data
        return
      }
      pass(data)
      if (harm && this.mood === 'double') pass(data)
      if (held) pass(held)
      held = null
    })
    from.on('error', () => to.terminate())
    from.on('close', (code) => {
      if (this.mood === 'silent') return // nobody says that the connection is gone
      if (code >= 4000) to.close(code)
      else to.terminate()
    })
  }
}
