/** The socket.io channel: who may speak on it, what each hears, and the acts decided once, in order. */
import type { Server as HttpServer, IncomingMessage } from 'node:http'
import { Server } from 'socket.io'
import type { GenericSchema, InferOutput } from 'valibot'
import { isRefusal, type Refusal } from '#plan/refusals.ts'
import type { MeetingView } from '#live/meeting.ts'
import type { HelpView } from '#live/client.ts'
import type { ClientEvents, GoalView, Reply } from '#live/wire.ts'
import type { ActDeps } from '../acts.ts'
import type { Account } from '../auth/sessions.ts'
import * as doors from '../doors.ts'
import { sentence } from '../refusals.ts'
import type { Circle } from '../seats.ts'
import { onActs } from './acts.ts'
import {
  goalRoom,
  homeRoom,
  room,
  seatRoom,
  sessionRoom,
  someRoom,
  type Io,
  type Seat,
} from './rooms.ts'
import { Screens } from './screens.ts'
import type { OpenDocument } from './showing.ts'
import { isPlanId, Tables } from './tables.ts'
import { watch } from './watching.ts'
import { Writing } from './writing.ts'

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

export class Channel {
  readonly io: Io
  readonly screens: Screens
  readonly writing: Writing
  readonly tables: Tables
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
          void socket.join(sessionRoom(account.sessionId))
          next()
        },
        () => next(new Error('try-later')),
      )
    })
    this.io.on('connection', (socket) => this.#welcome(socket))
    this.writing = new Writing((planId, goalId, personId) =>
      this.io.to(room(planId)).emit('writing', planId, goalId, personId),
    )
    this.tables = new Tables(this.io, {
      acts: options.acts,
      helpCalls: (circle) => options.helpCalls(circle),
      changed: (planId) => this.screens.changed(planId),
    })
    this.screens = new Screens(this.io, {
      sql: options.acts.sql,
      circle: (planId) => options.acts.seats.circle(planId),
      openDocument: (id) => options.openDocument(id),
      atTable: (planId) => this.tables.at(planId),
      trouble: (what, error) => options.trouble(what, error),
    })
  }

  tellGoal(goal: GoalView): void {
    this.io.to([room(goal.planId), goalRoom(goal.id)]).emit('goal', goal)
    this.#tellHome(goal.planId, goal.id)
    this.screens.changed(goal.planId)
  }
  tellMeeting(meeting: MeetingView): void {
    this.io.to(room(meeting.planId)).emit('meeting', meeting)
    this.#tellHome(meeting.planId)
    this.screens.changed(meeting.planId)
  }
  tellPeople(planId: string, people: readonly string[]): void {
    if (people.length > 0) this.io.to(people.map(seatRoom)).emit('notice', planId)
  }
  tellPlan(planId: string): void {
    this.io.to([room(planId), someRoom(planId)]).emit('plan', planId)
    this.#tellHome(planId)
  }
  /** Without a word of it: who reads the plan at home reads it anew. */
  #tellHome(planId: string, goalId?: string): void {
    const rooms = [homeRoom(planId), ...(goalId === undefined ? [] : [homeRoom(planId, goalId)])]
    this.io.to(rooms).emit('changed', planId)
  }
  /** Those who care for the client see her calls; she sees who comes. True when one of them is here. */
  async tellHelp(
    { planId }: Circle,
    helpers: readonly string[],
    calls: HelpView[],
    heardBy?: string,
  ): Promise<boolean> {
    if (heardBy !== undefined) this.io.to(room(planId)).emit('helped', planId, heardBy)
    const sockets = await this.tables.socketsAt(planId)
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
    this.io.local.in(sessionRoom(sessionId)).disconnectSockets(true)
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
  async close(): Promise<void> {
    this.screens.stop()
    await this.io.close()
  }

  #welcome(socket: Seat): void {
    const { acts } = this.#options
    socket.on('join', (planId: unknown, reply: unknown) => {
      void this.#reply(reply, () => this.tables.join(socket, planId))
    })
    socket.on('watch', (planId: unknown, reply: unknown) => {
      void this.#reply(reply, async () =>
        isPlanId(planId) ? watch(socket, await acts.seats.circle(planId)) : 'unreadable',
      )
    })
    socket.on('reading', (body: unknown, reply: unknown) => {
      void this.#reply(reply, () => this.tables.reads(socket, body))
    })
    const { account } = socket.data
    onActs(acts, account, (event, schema, act) => this.#on(socket, event, schema, act))
    this.#on(socket, 'help:hear', doors.onPlan(doors.HearHelp), ({ planId, id }) =>
      this.#options.hearHelp(account, planId, id),
    )
    socket.on('disconnect', () => {
      if (socket.data.planId) void this.tables.tellHere(socket.data.planId)
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
