import { setImmediate as breath } from 'node:timers/promises'
import type { PersonId } from '#plan/people.ts'
import { AskedTogether } from '../asked-together.ts'
import type { Config } from '../config.ts'
import * as documents from '../db/documents.ts'
import type { Sql } from '../db/open.ts'
import type { Seats } from '../seats.ts'
import { within } from '../within.ts'
import { Log } from './log.ts'
import type { Peer } from './peer.ts'
import type { RoomDeps, Shown } from './deps.ts'
import { Room } from './room.ts'
import { Snapshots, type Grown } from './snapshots.ts'

type Options = {
  sql: Sql
  /** What the log writes with. */
  log: Sql
  /** What documents are opened with. */
  door: Sql
  seats: Seats
  config: Pick<Config, 'limits' | 'roomIdleMs' | 'queryMs' | 'redisUrl'>
  /** Tells the other processes what was stored. */
  publish(shown: Shown): void
  /** Somebody wrote at a goal. */
  wrote(planId: string, goalId: string, personId: PersonId): void
  security(peer: Peer, reason: string): void
  trouble(what: string, error: unknown): void
}

/** So many updates a newcomer would have to read one by one: worth a snapshot when a room goes. */
const LONG = 50

/** How often rooms look whether another process stored something they did not hear of. */
const LOOK_MS = 5000

/** Which documents are in memory: one room a document, loaded once, gone when nobody needs it. */
export class Rooms {
  readonly log: Log
  readonly #options: Options
  readonly #rooms = new Map<string, Promise<Room | null>>()
  readonly #ready = new Map<string, Room>()
  readonly #stored: AskedTogether<documents.Loaded>
  readonly #snapshots: Snapshots
  readonly #sweep: NodeJS.Timeout
  readonly #watch: NodeJS.Timeout | undefined

  constructor(options: Options) {
    this.#options = options
    const { sql, door, trouble } = options
    const { queryMs, roomIdleMs } = options.config
    this.#stored = new AskedTogether((ids) => documents.load(door, ids), { queryMs, most: 20 })
    const stands = (room: Grown) => this.#ready.get(room.row.id) === room
    this.#snapshots = new Snapshots({ sql, queryMs, trouble, stands })
    this.log = new Log(options.log, {
      queryMs,
      onFailure: (error) => trouble('a commit failed', error),
    })
    const rest = () => this.#rest().catch((error) => trouble('rooms could not rest', error))
    this.#sweep = setInterval(() => void rest(), Math.min(roomIdleMs, 10_000)).unref()
    const look = () => this.#look().catch((error) => trouble('the log was not read', error))
    if (options.config.redisUrl) this.#watch = setInterval(() => void look(), LOOK_MS).unref()
  }

  get size(): number {
    return this.#ready.size
  }

  /** The room of a document; null when there is no such document. Throws when it cannot be read. */
  room(id: string): Promise<Room | null> {
    const here = this.#ready.get(id)
    if (here) here.touched = performance.now()
    let room = this.#rooms.get(id)
    if (!room) {
      room = this.#load(id)
      this.#rooms.set(id, room)
      room.then(
        (loaded) => (loaded ? this.#ready.set(id, loaded) : this.#rooms.delete(id)),
        () => this.#rooms.delete(id),
      )
    }
    return room
  }

  /** The room if it is in memory already. */
  open(id: string): Room | undefined {
    return this.#ready.get(id)
  }

  /** The plans with somebody at a document here. */
  *plans(): IterableIterator<string> {
    for (const room of this.#ready.values()) if (room.peers.size > 0) yield room.row.planId
  }

  /** The document was closed by a decision, here or elsewhere. */
  closed(id: string): void {
    this.#ready.get(id)?.close()
  }

  /** A plan was erased: what is in memory of it goes, and is never stored again. */
  forget(planId: string): void {
    for (const [id, room] of this.#ready) {
      if (room.row.planId !== planId) continue
      this.#ready.delete(id)
      this.#rooms.delete(id)
      room.close()
    }
  }

  /** What another process stored. */
  hear(shown: Shown): void {
    this.#ready.get(shown.documentId)?.hear(shown)
  }

  /** Waits for what is under way and keeps a snapshot of what grew. */
  async stop(): Promise<void> {
    clearInterval(this.#sweep)
    clearInterval(this.#watch)
    await within(this.log.idle(), this.#options.config.queryMs).catch(() => {})
    for (const room of this.#ready.values()) if (room.tail >= LONG) this.#snapshots.want(room)
    await this.#snapshots.idle()
  }

  async #load(id: string): Promise<Room | null> {
    const { config, seats, publish, security } = this.#options
    const [found] = await Promise.all([this.#stored.find(id), seats.around(id)])
    if (!found) return null
    const { row, stored, hands } = found
    const deps: RoomDeps = {
      limits: config.limits,
      want: (room) => this.log.want(room),
      circle: (planId) => seats.now(planId),
      tail: (documentId, seq) => this.#tail(documentId, seq),
      shown: publish,
      wrote: ({ row }, people) => {
        if (row.goalId !== null && row.kind === 'goal')
          for (const person of people) this.#options.wrote(row.planId, row.goalId, person)
      },
      security,
      snapshot: (room) => this.#snapshots.want(room),
    }
    return new Room(row, stored, hands, deps)
  }

  async #tail(id: string, seq: number) {
    const { sql, config } = this.#options
    const [row, rows, hands] = await within(
      Promise.all([
        documents.find(sql, id),
        documents.since(sql, id, seq),
        documents.hands(sql, id),
      ]),
      config.queryMs,
    )
    const open = row?.open ?? false
    const whole = rows.length === (row?.seq ?? seq) - seq
    if (whole) return { updates: rows.map(({ data }) => data), seq: seq + rows.length, hands, open }
    // the log was rewritten since: what takes its place holds everything
    const stored = await within(documents.content(sql, id), config.queryMs)
    return { updates: stored.updates, seq: stored.seq, hands, open }
  }

  /** With several processes a message may be lost: rooms that fell behind read the log. */
  async #look(): Promise<void> {
    const open = [...this.#ready.values()].filter((room) => room.peers.size > 0)
    if (open.length === 0) return
    const { sql, config } = this.#options
    const rows = await within(
      documents.places(
        sql,
        open.map((room) => room.row.id),
      ),
      config.queryMs,
    )
    for (const { id, seq, open: still } of rows) this.#ready.get(id)?.check(seq, still)
  }

  /** Lets rooms rest in which nothing happened, one by one; where nobody is they go, once kept. */
  async #rest(): Promise<void> {
    const { roomIdleMs } = this.#options.config
    for (const [id, room] of this.#ready) {
      if (performance.now() - room.touched < roomIdleMs) continue
      if (room.peers.size > 0 || !room.quiet) {
        room.rest()
        await breath()
      } else if (room.tail >= LONG) {
        this.#snapshots.want(room)
      } else {
        this.#ready.delete(id)
        this.#rooms.delete(id)
      }
    }
  }
}
