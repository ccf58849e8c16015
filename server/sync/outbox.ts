import type { Peer } from './peer.ts'
import type { Pair, Waiting } from './waiting.ts'

/** So many updates go into one commit at most. */
const BATCH = 500
/** So much may wait before who writes is made to wait for the database. */
const FULL = 2000

/** What was accepted and is not durable yet, in order: what one commit carries now, and what waits. */
export class Outbox {
  #waiting: Waiting[] = []
  #flying: Waiting[] | null = null
  readonly #held = new Set<Peer>()

  /** Whether a commit carries some of it. */
  get underWay(): boolean {
    return this.#flying !== null
  }
  /** How much waits for the next commit. */
  get length(): number {
    return this.#waiting.length
  }
  get isEmpty(): boolean {
    return this.#flying === null && this.#waiting.length === 0
  }
  get data(): Uint8Array[] {
    return [...(this.#flying ?? []), ...this.#waiting].map(({ data }) => data)
  }

  add(waiting: Waiting): void {
    this.#waiting.push(waiting)
  }

  /** Somebody sent again what is in here: they hear of it with the last of it; false when it is empty. */
  addTo(peer: Peer, pairs: Pair[]): boolean {
    const last = this.#waiting.at(-1) ?? this.#flying?.at(-1)
    last?.pairs.push(pairs)
    last?.acks.push(peer)
    return last !== undefined
  }

  /** What the next commit carries; one at a time. */
  take(): Waiting[] {
    this.#flying = this.#waiting.splice(0, BATCH)
    return this.#flying
  }

  /** The commit ended: what it carried. */
  landed(): Waiting[] {
    const flying = this.#flying ?? []
    this.#flying = null
    return flying
  }

  /** Takes out all that waits. */
  drain(): Waiting[] {
    return this.#waiting.splice(0)
  }

  /** Too much waits: nothing more is read of who wrote it. */
  holdBack(peer: Peer): void {
    if (this.#waiting.length <= FULL || this.#held.has(peer)) return
    this.#held.add(peer)
    peer.socket.pause()
  }

  /** Half of it is gone: everybody is read again. */
  ease(): void {
    if (this.#waiting.length >= FULL / 2) return
    for (const peer of this.#held) peer.socket.resume()
    this.#held.clear()
  }

  /** Somebody left. */
  release(peer: Peer): void {
    this.#held.delete(peer)
  }
}
