/** Who sits at the tables: joining, reading what lies there, and leaving when access ends. */
import { clientOf, seesSomeGoals } from '#plan/people.ts'
import { isRefusal, type Refusal } from '#plan/refusals.ts'
import type { HelpView } from '#live/client.ts'
import type { Joined } from '#live/wire.ts'
import type { ActDeps } from '../acts.ts'
import * as doors from '../doors.ts'
import { helpersOf } from '../help.ts'
import { ongoing } from '../meetings.ts'
import { lastChange } from '../plan-views.ts'
import { seatOf, sits, waitsForTalk, type Circle } from '../seats.ts'
import { mayBeSeen, readingNow } from './reading.ts'
import { atPlan, room, roomsOf, someRoom, type Io, type Seat } from './rooms.ts'
import type { AtTable } from './screens.ts'
import { recheckWatcher } from './watching.ts'

type Options = {
  acts: ActDeps
  /** The client's calls for help that nobody has heard. */
  helpCalls(circle: Circle): Promise<HelpView[]>
  /** Who is here, or reads, changed: big screens look anew. */
  changed(planId: string): void
}

/** Whether what came in could be the id of a plan at all. */
export const isPlanId = (id: unknown): id is string =>
  typeof id === 'string' && /^[\w-]{1,100}$/.test(id)

export class Tables {
  readonly #io: Io
  readonly #options: Options

  constructor(io: Io, options: Options) {
    this.#io = io
    this.#options = options
  }

  /** Somebody takes their place at a plan, and leaves the one they sat at. */
  async join(socket: Seat, planId: unknown): Promise<Joined | Refusal> {
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
      void this.tellHere(before)
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
    return { people: await this.tellHere(planId), changedAt }
  }

  /** Somebody opened words that lie before them, or put them away. */
  async reads(socket: Seat, body: unknown): Promise<null | Refusal> {
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
    await this.tellHere(planId)
    return isRefusal(reads) ? reads : null
  }

  /** Who is here, in any process, and who reads what they are asked. */
  async at(planId: string): Promise<AtTable> {
    // who sees some goals alone is not told of as being here, and may read what they are asked
    const sockets = await this.socketsAt(planId, someRoom(planId))
    const here = sockets.filter(({ rooms }) => rooms.has(room(planId)))
    return {
      people: [...new Set(here.flatMap(({ data }) => data.personId ?? []))],
      reading: readingNow(sockets.map(({ data }) => data.reads)),
    }
  }

  /** Tells everyone at the plan, and its big screens, who is here. */
  async tellHere(planId: string): Promise<string[]> {
    const { people, reading } = await this.at(planId)
    this.#io.to(room(planId)).emit('here', planId, people, reading)
    this.#options.changed(planId)
    return people
  }

  /** People changed: who may not be here any more is told, and leaves the table. */
  async recheck(circle: Circle): Promise<void> {
    const { planId } = circle
    for (const socket of this.#io.of('/').sockets.values()) {
      await recheckWatcher(socket, circle)
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
    await this.tellHere(planId)
  }

  /** Everyone's connections at a plan, in every process. */
  socketsAt(planId: string, ...also: string[]) {
    const rooms = [room(planId), ...also]
    return this.#io
      .in(rooms)
      .fetchSockets()
      .catch(() => this.#io.local.in(rooms).fetchSockets()) // another process, or Redis, does not answer
  }
}
