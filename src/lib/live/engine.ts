/**
 * What Socket.IO stands on in the browser: Engine.IO's protocol 4, over one web socket, in text.
 *
 * `engine.io-client` carries three transports, the way from one to another, and binary; the channel
 * uses one web socket and JSON (`channel.ts`). What a browser is sent has this in its place
 * (`server/vite-lean.ts`), with the names by which Socket.IO's manager knows it.
 */
type Hears = (...about: never[]) => void

interface Options {
  path?: string
  query?: Record<string, string>
}

/** What kind of packet a frame holds: its first character. */
const OPEN = '0'
const CLOSE = '1'
const PING = '2'
const PONG = '3'
const MESSAGE = '4'

/** One connection: it opens when it is made, and never comes back; the manager makes the next. */
export class Socket {
  #hearing = new Map<string, Set<Hears>>()
  #socket: WebSocket
  #state: 'opening' | 'open' | 'closed' = 'opening'
  #silent: ReturnType<typeof setTimeout> | undefined
  #patienceMs = 0
  #expires = Infinity
  #offline = () => this.#close('transport close')

  constructor(uri: string | undefined, { path = '/socket.io', query }: Options = {}) {
    const url = new URL(`${path.replace(/\/$/, '')}/`, uri ?? location.href)
    url.protocol = url.protocol.replace('http', 'ws')
    url.search = new URLSearchParams({ ...query, EIO: '4', transport: 'websocket' }).toString()
    this.#socket = new WebSocket(url)
    this.#socket.onmessage = ({ data }: MessageEvent<unknown>) => this.#read(data)
    this.#socket.onclose = () => this.#close('transport close')
    this.#socket.onerror = () => this.#close('transport error')
    addEventListener('offline', this.#offline)
  }

  /** Whether what is written now goes out; Socket.IO asks it for what may get lost. */
  get transport(): { writable: boolean } {
    return { writable: this.#state === 'open' && this.#socket.readyState === WebSocket.OPEN }
  }

  on(event: string, hears: Hears): void {
    this.#hearing.set(event, (this.#hearing.get(event) ?? new Set()).add(hears))
  }

  off(event: string, hears: Hears): void {
    this.#hearing.get(event)?.delete(hears)
  }

  write(message: string): void {
    if (this.transport.writable) this.#socket.send(MESSAGE + message)
  }

  close(): void {
    this.#close('forced close')
  }

  /** A machine that slept woke up: the timer did not run, the clock did. */
  _hasPingExpired(): boolean {
    if (Date.now() <= this.#expires) return false
    if (this.#expires > 0) queueMicrotask(() => this.#close('ping timeout'))
    this.#expires = 0 // gone for who asks again before it is closed
    return true
  }

  #tell(event: string, ...about: unknown[]): void {
    for (const hears of [...(this.#hearing.get(event) ?? [])])
      (hears as (...about: unknown[]) => void)(...about)
  }

  #read(frame: unknown): void {
    if (this.#state === 'closed') return
    const [kind, data] = typeof frame === 'string' ? [frame[0], frame.slice(1)] : ['', '']
    if (kind === MESSAGE) this.#tell('data', data)
    else if (kind === OPEN) this.#opened(data)
    else if (kind === PING) {
      this.#socket.send(PONG)
      this.#tell('ping')
      this.#wait()
    } else if (kind === CLOSE) this.#close('transport close')
  }

  #opened(handshake: string): void {
    const { pingInterval, pingTimeout } = JSON.parse(handshake) as Record<string, number>
    this.#patienceMs = (pingInterval ?? 0) + (pingTimeout ?? 0)
    this.#state = 'open'
    this.#wait()
    this.#tell('open')
  }

  /** A server that says nothing for so long is gone. */
  #wait(): void {
    clearTimeout(this.#silent)
    this.#expires = Date.now() + this.#patienceMs
    this.#silent = setTimeout(() => this.#close('ping timeout'), this.#patienceMs)
  }

  #close(reason: string): void {
    if (this.#state === 'closed') return
    const never = this.#state === 'opening' // the manager hears only of an error by then
    this.#state = 'closed'
    clearTimeout(this.#silent)
    removeEventListener('offline', this.#offline)
    this.#socket.onclose = this.#socket.onerror = this.#socket.onmessage = null
    this.#socket.close()
    if (never) this.#tell('error', new Error('websocket error'))
    else this.#tell('close', reason)
  }
}

/** Where the manager gets its clock. */
export function installTimerFunctions(on: Record<string, unknown>): void {
  on.setTimeoutFn = setTimeout.bind(globalThis)
  on.clearTimeoutFn = clearTimeout.bind(globalThis)
}

export const nextTick = (does: () => void): void => queueMicrotask(does)

/** The parts of an address by which the manager tells one server from another. */
export function parse(source: string): Record<string, string> {
  const { protocol, hostname, port, pathname } = new URL(source)
  return { source, protocol: protocol.replace(':', ''), host: hostname, port, path: pathname }
}
