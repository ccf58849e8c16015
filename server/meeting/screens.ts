/** The sockets of big screens: a door of their own, through which nothing can be said but "show me". */
import type { Namespace, Socket } from 'socket.io'
import type { Card } from '#plan/cards.ts'
import type { Words } from '#plan/words.ts'
import type { ScreenView } from '#live/meeting.ts'
import type { ReadingView, ScreenAsks, ScreenHears } from '#live/wire.ts'
import type { Sql } from '../db/open.ts'
import * as screens from '../db/screens.ts'
import { screenOf, screenToken } from '../screens.ts'
import type { Circle } from '../seats.ts'
import type { Io } from './rooms.ts'
import { Phrases } from './phrases.ts'
import { showing, watched, type OpenDocument } from './showing.ts'

type Data = { screenId: string; planId?: string; meetingId?: string }
type Space = Namespace<ScreenAsks, ScreenHears, Record<string, never>, Data>
type Screen = Socket<ScreenAsks, ScreenHears, Record<string, never>, Data>

/** Who is connected at a plan, in any process, and who reads what they are asked. */
export type AtTable = { people: string[]; reading: ReadingView[] }

export type ScreenOptions = {
  sql: Sql
  circle(planId: string): Promise<Circle>
  openDocument(id: string): OpenDocument | undefined
  atTable(planId: string): Promise<AtTable>
  trouble(what: string, error: unknown): void
}

/** The document behind what a screen shows, and until when its words may still settle. */
type Watched = { shows: string; documentId: string | null; seq: number; until: number }

/** One reading for all screens that ask at the same moment, and the one after it. */
type Turn = { now: Promise<ScreenView>; next: Promise<ScreenView> | null }

const LOOK_MS = 400
/** After the last keystroke words are still let through, and "… schrijft" goes away. */
const SETTLES_MS = 4500

const room = (planId: string) => `shown:${planId}`

/** Which words a screen shows: others lie in another document. */
function whatOf(view: ScreenView): string {
  if (view.state !== 'showing') return ''
  const { content, meeting } = view
  return `${meeting.item} ${content.kind === 'goal' ? content.state : ''}`
}

export class Screens {
  readonly #space: Space
  readonly #options: ScreenOptions
  readonly #goals = new Phrases<Words>()
  readonly #boards = new Phrases<Card[]>()
  readonly #asked = new Map<string, Turn>()
  readonly #watched = new Map<string, Watched>()
  readonly #timer: NodeJS.Timeout
  #looking = false

  constructor(io: Io, options: ScreenOptions) {
    this.#options = options
    this.#space = io.of('/screen') as unknown as Space // a door with a language of its own
    this.#space.use((socket, next) => {
      screenOf(options.sql, screenToken(socket.request.headers.cookie)).then(
        (row) => {
          if (!row) return next(new Error('unknown-screen'))
          socket.data.screenId = row.id
          next()
        },
        () => next(new Error('try-later')),
      )
    })
    this.#space.on('connection', (socket) => this.#welcome(socket))
    this.#timer = setInterval(() => void this.#look(), LOOK_MS).unref()
  }

  /** Something of this plan's meeting changed: its screens ask anew, in every process. */
  changed(planId: string): void {
    this.#space.to(room(planId)).emit('changed')
  }
  /** A screen was let in or taken away. */
  admitted(): void {
    this.#space.emit('changed')
  }
  stop(): void {
    clearInterval(this.#timer)
  }

  #welcome(socket: Screen): void {
    socket.on('show', (reply: unknown) => {
      if (typeof reply !== 'function') return
      const answer = reply as (view: ScreenView | null) => void
      this.#show(socket).then(answer, (error: unknown) => {
        this.#options.trouble('a screen could not be shown', error)
        answer(null)
      })
    })
  }

  /** What this screen may show is asked of the database each time. */
  async #show(socket: Screen): Promise<ScreenView> {
    const row = await screens.find(this.#options.sql, socket.data.screenId)
    if (!row) return this.#turnAway(socket)
    const { meetingId, planId } = row
    if (meetingId === null || planId === null) return { state: 'waiting', code: row.code }
    socket.data.planId = planId
    socket.data.meetingId = meetingId
    await socket.join(room(planId))
    const view = await this.#view(meetingId)
    if (view.state !== 'gone') {
      if (this.#watched.get(meetingId)?.shows !== whatOf(view)) this.#watched.delete(meetingId)
      return view
    }
    await screens.remove(this.#options.sql, row.id) // the meeting is over: it is free for another
    return this.#turnAway(socket)
  }

  async #turnAway(socket: Screen): Promise<ScreenView> {
    if (socket.data.planId) await socket.leave(room(socket.data.planId))
    delete socket.data.planId
    delete socket.data.meetingId
    return { state: 'gone' }
  }

  /** What is answered was read after it was asked: who asks during a reading shares the next one. */
  #view(meetingId: string): Promise<ScreenView> {
    const turn = this.#asked.get(meetingId)
    if (!turn) return this.#read(meetingId)
    const again = () => this.#read(meetingId)
    return (turn.next ??= turn.now.then(again, again))
  }

  #read(meetingId: string): Promise<ScreenView> {
    const { sql, circle, openDocument, atTable } = this.#options
    const [goals, boards] = [this.#goals, this.#boards]
    const now = () => performance.now()
    const deps = { db: sql, circle, openDocument, atTable, goals, boards, now }
    const turn: Turn = { now: showing(deps, meetingId), next: null }
    this.#asked.set(meetingId, turn)
    const over = () => {
      if (this.#asked.get(meetingId) === turn) this.#asked.delete(meetingId)
    }
    turn.now.then(over, over)
    return turn.now
  }

  /** Whether words are being written in what a screen of this process shows. */
  async #look(): Promise<void> {
    if (this.#looking) return
    this.#looking = true
    try {
      const shown = new Map<string, string>()
      for (const { data } of this.#space.sockets.values())
        if (data.meetingId && data.planId) shown.set(data.meetingId, data.planId)
      for (const id of this.#watched.keys()) if (!shown.has(id)) this.#watched.delete(id)
      for (const [meetingId, planId] of shown) await this.#lookAt(meetingId, planId)
    } catch (error) {
      this.#options.trouble('a screen was not looked after', error)
    } finally {
      this.#looking = false
    }
  }

  async #lookAt(meetingId: string, planId: string): Promise<void> {
    const { sql } = this.#options
    const now = performance.now()
    let seen = this.#watched.get(meetingId)
    if (!seen) {
      const documentId = await watched(sql, meetingId)
      const shows = whatOf(await this.#view(meetingId))
      const seq = await this.#placeOf(documentId)
      // words may have come since the screens asked, and before anybody looked here
      seen = { shows, documentId, seq, until: performance.now() + SETTLES_MS }
      this.#watched.set(meetingId, seen)
    }
    const seq = await this.#placeOf(seen.documentId)
    const until = seen.seq === seq ? seen.until : now + SETTLES_MS
    this.#watched.set(meetingId, { ...seen, seq, until })
    if (until > now) this.#space.local.to(room(planId)).emit('changed')
  }

  async #placeOf(documentId: string | null): Promise<number> {
    if (documentId === null) return 0
    const { sql, openDocument } = this.#options
    return openDocument(documentId)?.seq ?? (await screens.placeOf(sql, documentId))
  }
}
