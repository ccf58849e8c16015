/** What a room needs of the rest of the server, and what it tells the other processes. */
import type { PersonId } from '#plan/people.ts'
import type { Hand } from '../db/documents.ts'
import type { Circle } from '../seats.ts'
import type { Limits } from './judge/contract.ts'
import type { LogRoom } from './log.ts'
import type { Peer } from './peer.ts'
import type { Room } from './room.ts'

/** What was stored, for the other processes: enough to show it without asking the database. */
export type Shown = {
  documentId: string
  base: number
  seq: number
  data: Uint8Array
  hands: Hand[]
}

export type RoomDeps = {
  limits: Limits
  want(room: LogRoom): void
  circle(planId: string): Circle | undefined
  /** Reads the log after a place, and the hands, when another process was first. */
  tail(
    documentId: string,
    seq: number,
  ): Promise<{ updates: Uint8Array[]; seq: number; hands: Hand[]; open: boolean }>
  shown(shown: Shown): void
  /** What these people wrote is stored. */
  wrote(room: Room, people: ReadonlySet<PersonId>): void
  security(peer: Peer, reason: string): void
  snapshot(room: Room): void
}
