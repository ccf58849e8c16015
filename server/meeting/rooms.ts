/** The rooms of the channel: who hears of a plan, of some of its goals, or of one person's own things. */
import type { Server, Socket } from 'socket.io'
import { seesSomeGoals, type Person } from '#plan/people.ts'
import type { ClientEvents, ServerEvents } from '#live/wire.ts'
import type { Account } from '../auth/sessions.ts'
import type { Circle } from '../seats.ts'
import type { Reads } from './reading.ts'

/** What the processes tell each other (through the adapter). */
export type BetweenProcesses = {
  stored: (shown: unknown) => void
  closed: (documentId: string) => void
  people: (planId: string) => void
  session: (sessionId: string) => void
}

/** A connection: whose it is, and once it joined at which plan it sits, as whom. */
type SocketData = {
  account: Account
  planId?: string
  personId?: string
  watches?: string[]
  reads?: Reads
}
export type Io = Server<ClientEvents, ServerEvents, BetweenProcesses, SocketData>
export type Seat = Socket<ClientEvents, ServerEvents, BetweenProcesses, SocketData>

/** Everyone who may know all of a plan. */
export const room = (planId: string) => `plan:${planId}`
export const seatRoom = (personId: string) => `person:${personId}`
/** Who sees some goals only is told of those, and that the plan is to be read anew. */
export const goalRoom = (goalId: string) => `goal:${goalId}`
export const someRoom = (planId: string) => `some:${planId}`
export const sessionRoom = (sessionId: string) => `session:${sessionId}`

/** Where somebody finds a plan at home: told that it changed, without a word of it. */
export const homeRoom = (planId: string, goalId?: string) =>
  goalId === undefined ? `home:${planId}` : `home:${planId}:${goalId}`

/** What of a plan somebody is told at home: all that changes, or some goals. */
export const homesOf = ({ planId, people }: Circle, me: Person): string[] =>
  seesSomeGoals(me, people)
    ? (me.goals ?? []).map((goalId) => homeRoom(planId, goalId))
    : [homeRoom(planId)]

/** The rooms somebody listens in. */
export const roomsOf = ({ planId, people }: Circle, me: Person): string[] =>
  seesSomeGoals(me, people)
    ? [someRoom(planId), ...(me.goals ?? []).map(goalRoom), seatRoom(me.id)]
    : [room(planId), seatRoom(me.id)]

/** The rooms of a plan a socket is in: all but its own and that of its session. */
export const atPlan = (socket: Seat, planId: string): string[] =>
  [...socket.rooms].filter(
    (one) => one === room(planId) || one === someRoom(planId) || /^(?:goal|person):/.test(one),
  )
