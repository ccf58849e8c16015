/** Updates that were accepted and are not durable yet, and who is owed word of them. */
import type { PersonId } from '#plan/people.ts'
import * as Y from 'yjs'
import * as frames from './frames.ts'
import type { Peer } from './peer.ts'
import type { Stage } from './stage.ts'

export type Pair = readonly [clientId: number, clock: number]

export type Waiting = {
  peer: Peer
  personId: PersonId
  data: Uint8Array
  /** For each of `acks`: what `saved` will name. */
  pairs: Pair[][]
  acks: Peer[]
}

/** Tells every writer, in one frame each, what of theirs is durable. */
export function acknowledge(stored: readonly Waiting[]): void {
  const owed = new Map<Peer, Pair[]>()
  for (const { acks, pairs } of stored) {
    for (const [at, peer] of acks.entries()) {
      const list = owed.get(peer)
      if (list) list.push(...(pairs[at] ?? []))
      else owed.set(peer, [...(pairs[at] ?? [])])
    }
  }
  for (const [peer, pairs] of owed) peer.send(frames.saved(pairs))
}

/** The one connection a whole batch came from: it has these words already. */
export function onlyPeer(stored: readonly Waiting[]): Peer | null {
  const first = stored[0]?.peer ?? null
  return stored.every(({ peer }) => peer === first) ? first : null
}

/** Exactly one pair of the connection's own client id for each message, so that its screen can count. */
export function pairsFor(
  { clientId }: Peer,
  clocks: readonly Pair[],
  stage: Pick<Stage, 'doc'>,
): Pair[] {
  if (clientId === null || clocks.some(([id]) => id === clientId)) return [...clocks]
  return [...clocks, [clientId, Y.getState(stage.doc().store, clientId)]]
}
