/** The socket.io channel: who is at the table, and the acts that are decided once, in order. */
import type { Server as HttpServer } from 'node:http'
import type { IncomingMessage } from 'node:http'
import { Server, type Socket } from 'socket.io'
import type { GenericSchema, InferOutput } from 'valibot'
import { clientOf, seesSomeGoals, type Person } from '#plan/people.ts'
import { isRefusal, type Refusal } from '#plan/refusals.ts'
import type { MeetingView } from '#live/meeting.ts'
import type { HelpView } from '#live/client.ts'
import type { ClientEvents, GoalView, Joined, Reply, ServerEvents } from '#live/wire.ts'
import type { ActDeps } from '../acts.ts'
import type { Account } from '../auth/sessions.ts'
import * as doors from '../doors.ts'
import { ongoing } from '../meetings.ts'
import { helpersOf } from '../help.ts'
import { lastChange } from '../plan-views.ts'
import { sentence } from '../refusals.ts'
import { seatOf, sits, waitsForTalk, type Circle } from '../seats.ts'
import { onActs } from './acts.ts'
import { mayBeSeen, readingNow, type Reads } from './reading.ts'
import { Screens, type AtTable } from './screens.ts'
import type { OpenDocument } from './showing.ts'
import { recheckWatcher, watch } from './watching.ts'
import { Writing } from './writing.ts'

/** What the processes tell each other (through the adapter). */
export type BetweenProcesses = {
  stored: (shown: unknown) => void
  closed: (documentId: string) => void
  people: (planId: string) => void
  session: (sessionId: string) => void
}

type SocketData = {
  account: Account
  planId?: string
  personId?: string
  watches?: string[]
  reads?: Reads
}
export type Io = Server<ClientEvents, ServerEvents, BetweenProcesses, SocketData>
type Seat = Socket<ClientEvents, ServerEvents, BetweenProcesses, SocketData>

type Options = {
  acts: ActDeps
  sameOrigin(request: IncomingMessage): boolean
  accountOf(cookie: string): Promise<Account | null>
  /** Somebody decided something: their session is in use. */
  used(sessionId: string): void
  /** A document that is open in this process, for what big screens show of it. */
  openDocument(id: string): OpenDocument | undefined
  trouble(what: string, error: unknown): void
  /** The client's calls for help that nobody has heard. */
  helpCalls(circle: Circle): Promise<HelpView[]>
  hearHelp(account: Account, planId: string, id: string): Promise<null | Refusal>
}

const room = (planId: string) => `plan:${planId}`
const seatRoom = (personId: string) => `person:${personId}`
/** Who sees some goals only is told of those, and that the plan is to be read anew. */
const goalRoom = (goalId: string) => `goal:${goalId}`
const isPlanId = (id: unknown): id is string => typeof id === 'string' && /^[\w-]{1,100}$/.test(id)
const someRoom = (planId: string) => `some:${planId}`
/** The rooms somebody listens in. */
const roomsOf = ({ planId, people }: Circle, me: Person): string[] =>
  seesSomeGoals(me, people)
    ? [someRoom(planId), ...(me.goals ?? []).map(goalRoom), seatRoom(me.id)]
    : [room(planId), seatRoom(me.id)]

/** The rooms of a plan a socket is in: all but its own and that of its session. */
const atPlan = (socket: Seat, planId: string): string[] =>
  [...socket.rooms].filter(
    (one) => one === room(planId) || one === someRoom(planId) || /^(?:goal|person):/.test(one),
  )

export class Channel {
  readonly io: Io
  readonly screens: Screens
  readonly writing: Writing
  readonly #options: Options

  constructor(http: HttpServer, options: Options) {
    this.#options = options
    this.io = new Server(http, {
      path: '/socket.io',
      serveClient: false,
      maxHttpBufferSize: 100_000,
      destroyUpgrade: false, // upgrades that are not socket.io's belong to /sync, or to Vite
      allowRequest: (request, done) => done(null, options.sameOrigin(request)),
    })
    this.io.use((socket, next) => {
      options.accountOf(socket.request.headers.cookie ?? '').then(
        (account) => {
          if (!account) return next(new Error('not-signed-in'))
          socket.data.account = account
          void socket.join(`session:${account.sessionId}`)
          next()
        },
        () => next(new Error('try-later')),
      )
    })
    this.io.on('connection', (socket) => this.#welcome(socket))
    this.writing = new Writing((planId, goalId, personId) =>
      this.io.to(room(planId)).emit('writing', planId, goalId, personId),
    )
    this.screens = new Screens(this.io, {
      sql: options.acts.sql,
      circle: (planId) => options.acts.seats.circle(planId),
      openDocument: (id) => options.openDocument(id),
      atTable: (planId) => this.#atTable(planId),
      trouble: (what, error) => options.trouble(what, error),
    })
  }

  tellGoal(goal: GoalView): void {
    this.io.to([room(goal.planId), goalRoom(goal.id)]).emit('goal', goal)
    this.screens.changed(goal.planId)
  }
  tellMeeting(meeting: MeetingView): void {
    this.io.to(room(meeting.planId)).emit('meeting', meeting)
    this.screens.changed(meeting.planId)
  }
  tellPeople(planId: string, people: readonly string[]): void {
    if (people.length > 0) this.io.to(people.map(seatRoom)).emit('notice', planId)
  }
  tellPlan(planId: string): void {
    this.io.to([room(planId), someRoom(planId)]).emit('plan', planId)
  }
  /** Those who care for the client see her calls; she sees who comes. True when one of them is here. */
  async tellHelp(
    { planId }: Circle,
    helpers: readonly string[],
    calls: HelpView[],
    heardBy?: string,
  ): Promise<boolean> {
    if (heardBy !== undefined) this.io.to(room(planId)).emit('helped', planId, heardBy)
    const sockets = await this.#socketsAt(planId)
    const theirs = sockets.filter(
      ({ data }) => helpers.includes(data.personId ?? '') && data.account.handover === null,
    )
    for (const socket of theirs) socket.emit('help', planId, calls)
    return theirs.length > 0
  }
  /** Without a word of it: each screen reads what it may. */
  tellRemarks(planId: string): void {
    this.io.to([room(planId), someRoom(planId)]).emit('remarks', planId)
  }
  /** Only here: other processes hear of it and do the same. */
  endSession(sessionId: string): void {
    this.io.local.in(`session:${sessionId}`).disconnectSockets(true)
  }
  /** The plans somebody here sits at, and the sessions that are connected. */
  *plans(): IterableIterator<string> {
    for (const { data } of this.io.of('/').sockets.values()) {
      if (data.planId) yield data.planId
      if (data.watches) yield* data.watches
    }
  }
  *sessions(): IterableIterator<string> {
    for (const { data } of this.io.of('/').sockets.values()) yield data.account.sessionId
  }
  /** People changed: who may not be here any more is told, and leaves the table. */
  async recheck(circle: Circle): Promise<void> {
    const { planId } = circle
    for (const socket of this.io.of('/').sockets.values()) {
      recheckWatcher(socket, circle)
      const { account, planId: at } = socket.data
      if (at !== planId) continue
      const me = seatOf(circle, account.id)
      const rooms = me && sits(circle, me) ? roomsOf(circle, me) : []
      for (const one of atPlan(socket, planId)) if (!rooms.includes(one)) await socket.leave(one)
      await socket.join(rooms)
      if (rooms.length > 0) continue
      socket.emit('ended', planId, waitsForTalk(circle.people, account.id))
      delete socket.data.planId
      delete socket.data.personId
      delete socket.data.reads
    }
    await this.#tellHere(planId)
  }
  async close(): Promise<void> {
    this.screens.stop()
    await this.io.close()
  }

  #welcome(socket: Seat): void {
    const { acts } = this.#options
    socket.on('join', (planId: unknown, reply: unknown) => {
      void this.#reply(reply, () => this.#join(socket, planId))
    })
    socket.on('watch', (planId: unknown, reply: unknown) => {
      void this.#reply(reply, async () =>
        isPlanId(planId) ? watch(socket, await acts.seats.circle(planId)) : 'unreadable',
      )
    })
    socket.on('reading', (body: unknown, reply: unknown) => {
      void this.#reply(reply, () => this.#reads(socket, body))
    })
    const { account } = socket.data
    onActs(acts, account, (event, schema, act) => this.#on(socket, event, schema, act))
    this.#on(socket, 'help:hear', doors.onPlan(doors.HearHelp), ({ planId, id }) =>
      this.#options.hearHelp(account, planId, id),
    )
    socket.on('disconnect', () => {
      if (socket.data.planId) void this.#tellHere(socket.data.planId)
    })
  }

  #on<S extends GenericSchema, T>(
    socket: Seat,
    event: Exclude<keyof ClientEvents, 'join' | 'watch' | 'reading'>,
    schema: S,
    act: (asked: InferOutput<S>) => Promise<T | Refusal>,
  ): void {
    socket.on(event, (body: unknown, reply: unknown) => {
      void this.#reply<T>(reply, () => {
        this.#options.used(socket.data.account.sessionId)
        if (socket.data.account.handover !== null) return Promise.resolve('handed-over')
        const asked = doors.read(schema, body)
        return 'faults' in asked ? Promise.resolve('unreadable') : act(asked.value)
      })
    })
  }

  async #join(socket: Seat, planId: unknown): Promise<Joined | Refusal> {
    if (!isPlanId(planId)) return 'unreadable'
    const { handover } = socket.data.account
    if (handover !== null && handover !== planId) return 'handed-over'
    const circle = await this.#options.acts.seats.circle(planId)
    const me = seatOf(circle, socket.data.account.id)
    if (!me || !sits(circle, me)) {
      if (waitsForTalk(circle.people, socket.data.account.id)) return 'between-talks'
      const { log } = this.#options.acts
      if (me) log.did(circle, me, 'join', { allowed: false })
      else if (circle.people.length > 0) log.turnedAway(planId, socket.data.account.id, 'join')
      return 'no-access'
    }
    const before = socket.data.planId
    if (before && before !== planId) {
      for (const one of atPlan(socket, before)) await socket.leave(one)
      void this.#tellHere(before)
    }
    // a tablet in the client's hands is hers, whoever signed in on it
    const hands = handover === null ? me : (clientOf(circle.people) ?? me)
    socket.data.planId = planId
    socket.data.personId = hands.id
    delete socket.data.reads
    await socket.join(roomsOf(circle, me))
    const changedAt = await lastChange(this.#options.acts.sql, circle, me)
    if (seesSomeGoals(me, circle.people)) return { people: [], changedAt } // who sits there is not for them
    if (handover === null && helpersOf(circle).includes(me.id)) {
      socket.emit('help', planId, await this.#options.helpCalls(circle))
    }
    const meeting = await ongoing(this.#options.acts.sql, planId)
    if (meeting) socket.emit('meeting', meeting)
    return { people: await this.#tellHere(planId), changedAt }
  }

  /** Somebody opened words that lie before them, or put them away. */
  async #reads(socket: Seat, body: unknown): Promise<null | Refusal> {
    const asked = doors.read(doors.Reading, body)
    const { planId, personId } = socket.data
    if ('faults' in asked) return 'unreadable'
    if (!planId || !personId) return socket.data.account.handover ? 'handed-over' : 'no-access'
    const { seats, sql } = this.#options.acts
    const reads = asked.value
      ? await mayBeSeen(sql, await seats.circle(planId), personId, asked.value)
      : null
    if (!reads || isRefusal(reads)) delete socket.data.reads
    else socket.data.reads = reads
    await this.#tellHere(planId)
    return isRefusal(reads) ? reads : null
  }

  async #atTable(planId: string): Promise<AtTable> {
    // who sees some goals alone is not told of as being here, and may read what they are asked
    const sockets = await this.#socketsAt(planId, someRoom(planId))
    const here = sockets.filter(({ rooms }) => rooms.has(room(planId)))
    return {
      people: [...new Set(here.flatMap(({ data }) => data.personId ?? []))],
      reading: readingNow(sockets.map(({ data }) => data.reads)),
    }
  }

  async #tellHere(planId: string): Promise<string[]> {
    const { people, reading } = await this.#atTable(planId)
    this.io.to(room(planId)).emit('here', planId, people, reading)
    this.screens.changed(planId)
    return people
  }

  #socketsAt(planId: string, ...also: string[]) {
    const rooms = [room(planId), ...also]
    return this.io
      .in(rooms)
      .fetchSockets()
      .catch(() => this.io.local.in(rooms).fetchSockets()) // another process, or Redis, does not answer
  }

  async #reply<T>(reply: unknown, act: () => Promise<T | Refusal>): Promise<void> {
    const answer = (value: Reply<T>) => {
      if (typeof reply === 'function') (reply as (value: Reply<T>) => void)(value)
    }
    try {
      const value = await act()
      if (isRefusal(value)) answer({ ok: false, refusal: value, message: sentence(value) })
      else answer({ ok: true, value })
    } catch (error) {
      this.#options.trouble('an act failed', error)
      answer({ ok: false, refusal: 'try-later', message: sentence('try-later') })
    }
  }
}
