/** Wires the server together. */
import type { IncomingMessage, Server } from 'node:http'
import type { Duplex } from 'node:stream'
import type { Logger } from 'pino'
import type { GoalView } from '#live/wire.ts'
import { AccessLog } from './access-log.ts'
import type { ActDeps } from './acts.ts'
import { Attempts } from './auth/attempts.ts'
import { alone, joinBus, type Bus } from './bus.ts'
import { Keeper } from './auth/keeper.ts'
import { Organisation } from './auth/organisation.ts'
import { otherSecretsOf, Safe, secretOf } from './auth/safe.ts'
import { Sessions, type Account, type Holder } from './auth/sessions.ts'
import type { Config } from './config.ts'
import type { Database } from './db/open.ts'
import { Housekeeping } from './housekeeping.ts'
import { Post } from './mail.ts'
import { Channel } from './meeting/channel.ts'
import { hearHelp, helpersOf, openCalls } from './help.ts'
import { Seats, type Circle } from './seats.ts'
import { Sweep } from './sweep.ts'
import { plainly } from './trouble.ts'
import { Endpoint } from './sync/endpoint.ts'
import type { Shown } from './sync/deps.ts'
import type { Peer } from './sync/peer.ts'
import { Rooms } from './sync/rooms.ts'
import { Watch } from './watch.ts'
import { within } from './within.ts'

export class App {
  readonly config: Config
  readonly db: Database
  readonly log: Logger
  readonly seats: Seats
  readonly sessions: Sessions
  readonly attempts = new Attempts()
  readonly rooms: Rooms
  readonly acts: ActDeps
  readonly accessLog: AccessLog
  readonly post: Post
  readonly keeper: Keeper
  /** Seals secrets that must be read again. */
  readonly safe: Safe
  /** The organisation's own sign-in, where there is one. */
  readonly organisation: Organisation | null
  #http: Server | null = null
  #endpoint: Endpoint | null = null
  #channel: Channel | null = null
  #bus: Bus = alone
  #watch: Watch | null = null
  readonly house: Housekeeping
  /** Reminders, rounds that run out, days that come. */
  readonly sweep: Sweep

  constructor(config: Config, db: Database, log: Logger) {
    this.config = config
    this.db = db
    this.log = log
    this.seats = new Seats(db.door, config.queryMs)
    this.safe = new Safe(secretOf(config), otherSecretsOf(config))
    this.sessions = new Sessions(db, config)
    this.accessLog = new AccessLog(db.sql, this.trouble)
    this.keeper = new Keeper({
      sql: db.sql,
      queryMs: config.queryMs,
      idleMs: config.sessionIdleMs,
      open: () => this.#sessionsHere(),
      ended: (sessionId) => this.#sessionEnded(sessionId),
      trouble: this.trouble,
    })
    this.organisation = config.oidc && new Organisation(config.oidc)
    this.post = new Post({
      sql: db.sql,
      config,
      base: () => this.address,
      trouble: this.trouble,
    })
    this.rooms = new Rooms({
      ...db,
      seats: this.seats,
      config,
      publish: (shown) => this.#bus.stored(shown),
      wrote: (planId, goalId, personId) => this.#channel?.writing.tell(planId, goalId, personId),
      security: (peer, reason) => this.#security(peer, reason),
      trouble: this.trouble,
    })
    this.acts = {
      sql: db.sql,
      seats: this.seats,
      queryMs: config.queryMs,
      tellGoal: (goal: GoalView) => this.#channel?.tellGoal(goal),
      tellPeople: (planId, people) => this.#channel?.tellPeople(planId, people),
      tellMeeting: (meeting) => this.#channel?.tellMeeting(meeting),
      screenChanged: () => this.#channel?.screens.admitted(),
      tellPlan: (planId) => this.#channel?.tellPlan(planId),
      tellRemarks: (planId) => this.#channel?.tellRemarks(planId),
      peopleChanged: (planId) => this.peopleChanged(planId),
      log: this.accessLog,
      secondFactor: config.secondFactor,
      linkDays: config.linkDays,
      sessionsEnded: (sessionIds) => this.sessionsEnded(sessionIds),
      stored: (shown) => {
        this.rooms.hear(shown)
        this.#bus.stored(shown)
      },
      closed: (documentId) => {
        this.rooms.closed(documentId)
        this.#bus.closed(documentId)
      },
    }
    const { acts, sessions, trouble } = this
    this.sweep = new Sweep({ acts, roundDays: config.roundDays, trouble })
    this.house = new Housekeeping({ acts, sessions, config, trouble })
  }

  /** Adds `/sync` and `/socket.io` to a web server: ours, or Vite's in development. */
  async attach(http: Server, { shared = false } = {}): Promise<void> {
    this.#http = http
    const common = {
      sameOrigin: (request: IncomingMessage) => this.sameOrigin(request),
      accountOf: (cookie: string) => this.accountOf(cookie),
      used: (sessionId: string) => this.keeper.used(sessionId),
      trouble: this.trouble,
    }
    const { rooms, seats, config, accessLog } = this
    const endpoint = new Endpoint({ ...common, rooms, seats, config, accessLog })
    this.#endpoint = endpoint
    this.#channel = new Channel(http, {
      ...common,
      acts: this.acts,
      openDocument: (id) => {
        const room = rooms.open(id)
        return room && { doc: room.live, hands: room.hands, seq: room.seq }
      },
      helpCalls: (circle) => openCalls(this, circle),
      hearHelp: (account, planId, id) => hearHelp(this, account, planId, id),
    })
    if (config.redisUrl) await this.#join(config.redisUrl, this.#channel)
    http.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
      if (endpoint.upgrade(request, socket, head)) return
      if (!shared && !request.url?.startsWith('/socket.io')) socket.destroy() // nobody else will answer
    })
  }

  /** Where people open the product: what was set, else where it listens. */
  get address(): string {
    if (this.config.origin) return this.config.origin
    const address = this.#http?.address()
    const port = typeof address === 'object' && address ? address.port : this.config.port
    return `http://${this.config.host}:${port}`
  }

  accountOf(cookie: string): Promise<Account | null> {
    return within(this.sessions.accountOf(cookie), this.config.queryMs)
  }

  /** Who holds a session, also while a step is still to be taken. */
  holderOf(cookie: string): Promise<Holder | null> {
    return within(this.sessions.holderOf(cookie), this.config.queryMs)
  }

  /** Browsers send cookies with any site's WebSocket handshake; only our own pages may connect. */
  sameOrigin(request: Pick<IncomingMessage, 'headers'>): boolean {
    const { origin, host } = request.headers
    if (origin === undefined) return true // not a browser
    const from = URL.parse(origin)
    const own = this.config.origin ? origin === this.config.origin : from?.host === host
    if (!own) {
      const line = { security: true, origin: from?.origin.slice(0, 200) ?? 'none' }
      this.log.warn(line, 'a call from a foreign origin was refused')
    }
    return own
  }

  /** Signs out: the session is gone, and every socket that it opened. */
  async endSession(cookie: string): Promise<void> {
    const sessionId = await this.sessions.end(cookie)
    if (sessionId === null) return
    this.sessionsEnded([sessionId])
  }

  /** These sessions are over: their sockets close, in every process. */
  sessionsEnded(sessionIds: readonly string[]): void {
    for (const sessionId of sessionIds) {
      this.#sessionEnded(sessionId)
      this.#bus.session(sessionId)
    }
  }

  /** People of a plan changed: live connections follow at once. */
  async peopleChanged(planId: string): Promise<void> {
    await this.#recheck(planId)
    this.#bus.people(planId)
    this.#channel?.tellPlan(planId)
  }

  /** Who cares for the client sees that she asks for help; true when one of them is there now. */
  async tellHelp(circle: Circle, heardBy?: string): Promise<boolean> {
    const calls = await openCalls(this, circle)
    return (await this.#channel?.tellHelp(circle, helpersOf(circle), calls, heardBy)) ?? false
  }

  /** How many document connections are open in this process. */
  get connections(): number {
    return this.#endpoint?.size ?? 0
  }

  async ready(): Promise<boolean> {
    try {
      await within(this.db.sql`select 1`, 2000)
      return true
    } catch {
      return false
    }
  }

  /** Something went wrong: said without a word of what people wrote. */
  readonly trouble = (what: string, error: unknown): void =>
    this.log.error({ what, ...plainly(error) }, what)

  /** Stops taking connections, keeps what is under way, closes the database. */
  async close(): Promise<void> {
    await this.house.stop()
    await this.sweep.stop()
    this.#watch?.stop()
    this.keeper.stop()
    this.#endpoint?.stop()
    await this.#channel?.close()
    await this.#bus.close()
    await this.accessLog.flush() // before what may take long
    await this.rooms.stop()
    await this.post.stop()
    await this.accessLog.flush()
    await this.db.close()
  }

  /** Hears what other processes stored, closed and changed. */
  async #join(url: string, channel: Channel): Promise<void> {
    const { trouble } = this
    const hearing = {
      stored: (shown: Shown) => this.rooms.hear(shown),
      closed: (documentId: string) => this.rooms.closed(documentId),
      people: (planId: string) => void this.#recheck(planId),
      session: (sessionId: string) => this.#sessionEnded(sessionId),
    }
    this.#bus = await joinBus(url, channel, hearing, trouble)
    this.#watch = new Watch({
      sql: this.db.sql,
      queryMs: this.config.queryMs,
      plans: () => new Set([...this.rooms.plans(), ...channel.plans()]),
      sessions: () => new Set(this.#sessionsHere()),
      changed: (planId) => void this.#recheck(planId),
      ended: (sessionId) => this.#sessionEnded(sessionId),
      trouble,
    })
  }

  *#sessionsHere(): IterableIterator<string> {
    if (this.#endpoint) yield* this.#endpoint.sessions()
    if (this.#channel) yield* this.#channel.sessions()
  }

  #sessionEnded(sessionId: string): void {
    this.#endpoint?.endSession(sessionId)
    this.#channel?.endSession(sessionId)
  }

  async #recheck(planId: string): Promise<void> {
    try {
      const circle = await this.seats.refresh(planId)
      this.#endpoint?.recheck(planId)
      await this.#channel?.tables.recheck(circle)
      await this.#closeUnsure()
      if (circle.people.length === 0) this.rooms.forget(planId) // the plan was erased
    } catch (error) {
      this.trouble('people could not be read anew', error)
    }
  }

  /** A role may ask more of who one is than their session showed: its sockets close until it does. */
  async #closeUnsure(): Promise<void> {
    if (this.config.secondFactor !== 'required') return
    const open = [...new Set(this.#sessionsHere())]
    for (const sessionId of await this.sessions.lacking(open)) this.#sessionEnded(sessionId)
  }

  #security(peer: Peer, reason: string): void {
    const { planId } = this.rooms.open(peer.documentId)?.row ?? {}
    const line = {
      security: true,
      account: peer.account.id,
      person: peer.person.id,
      planId,
      documentId: peer.documentId,
      reason,
    }
    this.log.warn(line, 'an update was refused as hostile')
  }
}
