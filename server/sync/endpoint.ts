/** `/sync/{documentId}`: from an upgrade request to a seat in a room. */
import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { WebSocketServer, type WebSocket } from 'ws'
import { CLOSE, SYNC } from '#live/wire.ts'
import type { AccessLog } from '../access-log.ts'
import type { Account } from '../auth/sessions.ts'
import type { Config } from '../config.ts'
import { isId } from '../ids.ts'
import { allows, seatOf, type Seats } from '../seats.ts'
import { Peer } from './peer.ts'
import type { Room } from './room.ts'
import type { Rooms } from './rooms.ts'

const PREFIX = '/sync/'
const PING_MS = 20_000
/** What can be the name of a document. */
const NAME = /^[\w.-]{1,100}$/
/** A sync message that carries operations: second byte, as in y-protocols. */
const UPDATE = 2

type Early = [data: Buffer, binary: boolean][]

type Options = {
  rooms: Rooms
  seats: Seats
  config: Pick<Config, 'limits'>
  accessLog: AccessLog
  sameOrigin(request: IncomingMessage): boolean
  accountOf(cookie: string): Promise<Account | null>
  /** Somebody wrote: their session is in use. */
  used(sessionId: string): void
  trouble(what: string, error: unknown): void
}

export class Endpoint {
  readonly #options: Options
  readonly #peers = new Set<Peer>()
  /** Who is let in but has no seat yet: their session may end while the document is read. */
  readonly #opening = new Set<{ sessionId: string; ended: boolean }>()
  /** How many connections an account has. */
  readonly #counts = new Map<string, number>()
  readonly #alive = new WeakSet<WebSocket>()
  readonly #sockets: WebSocketServer
  readonly #pulse: NodeJS.Timeout
  #stopping = false

  constructor(options: Options) {
    this.#options = options
    // a little above our own limit, so that what is too large can be told so
    const maxPayload = options.config.limits.messageBytes * 16
    this.#sockets = new WebSocketServer({ noServer: true, maxPayload, perMessageDeflate: false })
    this.#pulse = setInterval(() => this.#ping(), PING_MS).unref()
  }

  get size(): number {
    return this.#peers.size
  }

  /** True when the request is ours: the socket is then taken or refused here. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): boolean {
    const path = URL.parse(request.url ?? '', 'http://table')?.pathname ?? ''
    if (!path.startsWith(PREFIX)) return false
    socket.on('error', () => {})
    if (!this.#options.sameOrigin(request)) {
      socket.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\nContent-Length: 0\r\n\r\n')
      return true
    }
    const id = path.slice(PREFIX.length)
    this.#sockets.handleUpgrade(request, socket, head, (ws) => {
      ws.on('error', () => {}) // a broken frame; the close that follows says so
      const close = ws.close.bind(ws)
      ws.close = (code, reason) => close(code === 1009 ? CLOSE.tooLarge : code, reason)
      void this.#welcome(ws, socket, id, request.headers.cookie ?? '')
    })
    return true
  }

  /** Closes what may no longer be: asked again after every change of people or session. */
  recheck(planId: string): void {
    const circle = this.#options.seats.now(planId)
    for (const peer of this.#peers) {
      const room = this.#options.rooms.open(peer.documentId)
      if (room?.row.planId !== planId) continue
      const seat = circle && seatOf(circle, peer.account.id)
      if (seat && allows(circle, seat, 'read', room.thing)) peer.person = seat
      else peer.close(CLOSE.noAccess, 'access ended')
    }
  }

  /** A session ended: its connections with it. */
  endSession(sessionId: string): void {
    for (const one of this.#opening) one.ended ||= one.sessionId === sessionId
    for (const peer of this.#peers) {
      if (peer.account.sessionId === sessionId) peer.close(CLOSE.notSignedIn, 'signed out')
    }
  }

  /** The sessions that have a document open here. */
  *sessions(): IterableIterator<string> {
    for (const peer of this.#peers) yield peer.account.sessionId
  }

  stop(): void {
    this.#stopping = true
    clearInterval(this.#pulse)
    for (const peer of this.#peers) peer.close(1012, 'the server restarts')
    this.#sockets.close()
  }

  async #welcome(ws: WebSocket, wire: Duplex, id: string, cookie: string): Promise<void> {
    const early: Early = [] // what is said before the room is ready
    const limit = this.#options.config.limits.messageBytes
    let waiting = 0
    ws.on('message', (data: Buffer, binary: boolean) => {
      waiting += data.length
      if (waiting > limit * 2) ws.close(CLOSE.tooLarge, 'too large')
      else early.push([data, binary])
    })
    try {
      const seated = await this.#seat(ws, wire, id, cookie)
      if (!seated || ws.readyState !== ws.OPEN) return
      const { peer, room } = seated
      if (this.#isFull(peer.account)) return void refuse(ws, CLOSE.tooFast, 'too many connections')
      ws.removeAllListeners('message')
      this.#log(peer, room, 'open')
      this.#listen(peer, room, early)
    } catch (error) {
      this.#options.trouble('a document could not be opened', error)
      ws.close(CLOSE.unavailable, 'storage unavailable')
    }
  }

  async #seat(
    ws: WebSocket,
    wire: Duplex,
    id: string,
    cookie: string,
  ): Promise<{ peer: Peer; room: Room } | null> {
    const { accountOf, rooms, seats, config, accessLog } = this.#options
    if (this.#stopping) return refuse(ws, 1012, 'the server restarts')
    const reading = cookie !== '' && NAME.test(id) ? rooms.room(id) : null
    reading?.catch(() => {}) // of who has no seat nobody hears what became of it
    const account = await accountOf(cookie)
    if (!account) return refuse(ws, CLOSE.notSignedIn, 'not signed in')
    if (account.handover !== null) return refuse(ws, CLOSE.noAccess, 'handed over')
    if (!reading) return refuse(ws, CLOSE.unknown, 'unknown document')
    const coming = { sessionId: account.sessionId, ended: false }
    this.#opening.add(coming)
    const found = reading.then(
      async (room) => room && { room, circle: await seats.circle(room.row.planId) },
    )
    const { room, circle } = (await found.finally(() => this.#opening.delete(coming))) ?? {}
    if (coming.ended) return refuse(ws, CLOSE.notSignedIn, 'signed out')
    // whether there is a document that is not theirs, nobody learns
    if (!room && isId(id)) return refuse(ws, CLOSE.noAccess, 'no access')
    if (!room || !circle) return refuse(ws, CLOSE.unknown, 'unknown document')
    const person = seatOf(circle, account.id)
    if (!person || !allows(circle, person, 'read', room.thing)) {
      const of = { zone: room.row.zone, documentId: id, allowed: false }
      if (person) accessLog.did(circle, person, 'open', of)
      else accessLog.turnedAway(room.row.planId, account.id, 'open', room.row.zone)
      return refuse(ws, CLOSE.noAccess, 'no access')
    }
    return { peer: new Peer(ws, wire, account, person, id, config.limits), room }
  }

  #listen(peer: Peer, room: Room, early: Early): void {
    const { socket } = peer
    this.#peers.add(peer)
    this.#count(peer.account.id, 1)
    this.#alive.add(socket)
    socket.on('pong', () => this.#alive.add(socket))
    socket.on('close', () => {
      this.#peers.delete(peer)
      this.#count(peer.account.id, -1)
      room.leave(peer)
      this.#log(peer, room, 'leave')
    })
    const hear = (data: Buffer, binary: boolean) => this.#hear(peer, room, data, binary)
    socket.on('message', hear)
    peer.together(() => {
      room.enter(peer)
      for (const [data, binary] of early) hear(data, binary)
    })
  }

  #log(peer: Peer, room: Room, act: 'open' | 'write' | 'leave'): void {
    const circle = this.#options.seats.now(room.row.planId)
    if (!circle) return
    const { zone, goalId, id } = room.row
    this.#options.accessLog.did(circle, peer.person, act, { zone, goalId, documentId: id })
  }

  #hear(peer: Peer, room: Room, data: Buffer, binary: boolean): void {
    if (peer.closing) return
    if (!peer.mayKnock()) return peer.close(CLOSE.tooFast, 'too many messages')
    if (data.length > this.#options.config.limits.messageBytes) {
      peer.refuse('too-large')
      return peer.close(CLOSE.tooLarge, 'too large')
    }
    if (!binary) return peer.close(CLOSE.hostile, 'malformed')
    // an update; carets and greetings come by themselves and are no use of a session
    if (data[0] === SYNC && data[1] === UPDATE) this.#options.used(peer.account.sessionId)
    const wrote = peer.wrote
    try {
      room.receive(peer, new Uint8Array(data.buffer, data.byteOffset, data.length))
      if (peer.wrote && !wrote) this.#log(peer, room, 'write')
    } catch (error) {
      this.#options.trouble('a frame could not be handled', error)
      peer.close(CLOSE.hostile, 'malformed')
    }
  }

  /** Asked in the breath in which the connection counts: many may be let in side by side. */
  #isFull({ id }: Account): boolean {
    return (this.#counts.get(id) ?? 0) >= this.#options.config.limits.connectionsPerPerson
  }

  #count(accountId: string, change: 1 | -1): void {
    const count = (this.#counts.get(accountId) ?? 0) + change
    if (count > 0) this.#counts.set(accountId, count)
    else this.#counts.delete(accountId)
  }

  /** Who does not answer two pings is gone, also when their network never said so. */
  #ping(): void {
    for (const peer of this.#peers) {
      if (!this.#alive.has(peer.socket) && !peer.socket.isPaused) peer.socket.terminate()
      this.#alive.delete(peer.socket)
      peer.socket.ping()
    }
  }
}

function refuse(ws: WebSocket, code: number, reason: string): null {
  ws.close(code, reason)
  setTimeout(() => ws.terminate(), 3000).unref()
  return null
}
