/**
 * One document in memory: what is durable, what is being rehearsed, and who is there.
 *
 * Store, then show. An update is judged on the stage, stored by the log, and only then applied to
 * the served document, sent to others and acknowledged. Whatever anybody has seen is durable.
 */
import type * as Y from 'yjs'
import type { Thing } from '#plan/access.ts'
import type { PersonId } from '#plan/people.ts'
import { CLOSE } from '#live/wire.ts'
import type { DocumentRow, Hand, Stored } from '../db/documents.ts'
import { thingOf } from '../seats.ts'
import { Audience } from './audience.ts'
import { CatchingUp } from './catching-up.ts'
import * as frames from './frames.ts'
import { Hands } from './hands.ts'
import type { Verdict } from './judge/contract.ts'
import { judge } from './judge/judge.ts'
import type { RoomDeps, Shown } from './deps.ts'
import type { Batch, LogRoom, Outcome } from './log.ts'
import { Outbox } from './outbox.ts'
import type { Peer } from './peer.ts'
import { Served } from './served.ts'
import { Stage } from './stage.ts'
import { acknowledge, onlyPeer, pairsFor, type Waiting } from './waiting.ts'
import { Writers } from './writer.ts'

export class Room implements LogRoom {
  readonly row: DocumentRow
  readonly thing: Thing
  readonly #served: Served
  touched = performance.now()
  readonly #deps: RoomDeps
  readonly #hands: Hands
  readonly #audience = new Audience()
  /** Another process stored something while a commit of ours was under way. */
  #lagging = false
  readonly #outbox = new Outbox()
  readonly #stage: Stage
  readonly #catching = new CatchingUp()
  #open: boolean
  readonly #writers: Writers

  constructor(row: DocumentRow, stored: Stored, hands: readonly Hand[], deps: RoomDeps) {
    this.row = row
    this.thing = thingOf(row)
    this.#deps = deps
    this.#open = row.open
    this.#hands = new Hands(hands)
    this.#writers = new Writers(this.thing, this.#hands.all)
    this.#served = new Served(row.id, stored)
    this.#stage = new Stage(row.kind, () => [this.#served.whole(), ...this.#outbox.data])
  }

  /** The served document; only what is durable is in it. */
  get live(): Y.Doc {
    return this.#served.doc
  }
  get seq(): number {
    return this.#served.seq
  }
  get tail(): number {
    return this.#served.tail
  }
  get open(): boolean {
    return this.#open
  }
  /** Whether nothing of this room is on its way to the database. */
  get quiet(): boolean {
    return this.#outbox.isEmpty && !this.#catching.underWay
  }
  get hands(): ReadonlyMap<number, PersonId | null> {
    return this.#hands.all
  }

  /** Who has the document open. */
  get peers(): ReadonlySet<Peer> {
    return this.#audience.peers
  }

  enter(peer: Peer): void {
    this.#audience.enter(peer)
    this.touched = performance.now()
    if (this.#open) peer.send(frames.step1(this.#served.vector()))
    this.#audience.introduce(peer)
  }

  leave(peer: Peer): void {
    this.#audience.leave(peer)
    this.#outbox.release(peer)
    this.touched = performance.now()
  }

  /** One frame from one connection. */
  receive(peer: Peer, frame: Uint8Array): void {
    if (this.#catching.keep(peer, frame)) return
    const message = frames.read(frame)
    if (message === null) return this.#hostile(peer, 'malformed')
    switch (message.kind) {
      case 'step1':
        return this.#answer(peer, message.vector)
      case 'update':
        if (message.step2) peer.asked = false
        return this.#write(peer, message.update)
      case 'awareness':
        if (this.#audience.hear(peer, message.states, this.#hands)) return
        return this.#hostile(peer, 'malformed')
      case 'query-awareness':
        return this.#audience.introduce(peer)
      default:
        message satisfies never
    }
  }

  /** What to keep as a snapshot, and up to where it goes. */
  snapshot(): { seq: number; data: Uint8Array } {
    return this.#served.snapshot()
  }

  /** Closed by a decision: nothing is taken any more, and everybody is told for good. */
  close(): void {
    this.#open = false
    for (const waiting of this.#outbox.drain()) waiting.peer.refuse('closed')
    for (const peer of [...this.peers]) peer.close(CLOSE.closed, 'closed')
  }

  /** What another process stored. */
  hear(shown: Shown): void {
    if (shown.seq <= this.seq) return
    this.#hands.learn(shown.hands)
    if (this.#outbox.underWay) {
      this.#lagging = true // first our own commit settles
      return
    }
    if (shown.base !== this.seq) return this.#catchUp([])
    this.#show([shown.data], shown.seq, null)
    this.#rejudge([])
  }

  /** Where the log stands, as just read from the database. */
  check(seq: number, open: boolean): void {
    if (!open && this.#open) return this.close()
    if (seq > this.seq && this.quiet) this.#catchUp([])
  }

  /** Drops what can be made again, for a room nobody writes in. */
  rest(): void {
    if (this.quiet) this.#stage.spoil()
    this.#served.rest()
  }

  take(): Batch | null {
    const { underWay, length } = this.#outbox
    if (underWay || this.#catching.underWay || length === 0) return null
    const updates = this.#outbox.take()
    const used = new Set(updates.flatMap((w) => w.pairs.flat().map(([id]) => id)))
    const { planId, id } = this.row
    const hands = this.#hands.take(used)
    return { planId, documentId: id, base: this.seq, updates, hands }
  }

  settled(batch: Batch, outcome: Outcome): void {
    const flying = this.#outbox.landed()
    switch (outcome.kind) {
      case 'stored':
        this.#stored(batch, flying)
        break
      case 'closed':
        for (const waiting of flying) waiting.peer.refuse('closed')
        this.#stage.spoil()
        return this.close()
      case 'behind':
        this.#hands.giveBack(batch.hands)
        return this.#catchUp(flying)
      case 'failed':
        this.#hands.forget(batch.hands)
        this.#lose([...flying, ...this.#outbox.drain()])
        break
      default:
        outcome satisfies never
    }
    this.#outbox.ease()
    if (this.#lagging) return this.#catchUp([])
    if (this.#outbox.length > 0) this.#deps.want(this)
    if (this.tail >= 400) this.#deps.snapshot(this)
  }

  /** It is durable: now it is shown, and acknowledged. */
  #stored(batch: Batch, flying: readonly Waiting[]): void {
    const { base, updates } = batch
    const seq = base + updates.length
    const data = updates.map((update) => update.data)
    const merged = seq > this.seq ? this.#show(data, seq, onlyPeer(flying)) : null
    acknowledge(flying)
    if (!merged) return
    const hands = batch.hands.map((hand) => ({ ...hand, imported: false }))
    this.#deps.shown({ documentId: this.row.id, base, seq, data: merged, hands })
    this.#deps.wrote(this, new Set(updates.map(({ personId }) => personId)))
  }

  /** Puts stored updates into the served document and shows them; answers with the one frame's bytes. */
  #show(updates: readonly Uint8Array[], seq: number, except: Peer | null): Uint8Array | null {
    const merged = this.#served.take(updates, seq)
    this.touched = performance.now()
    if (merged) this.#audience.tell(frames.update(merged), except)
    return merged
  }

  #answer(peer: Peer, vector: Uint8Array): void {
    const missing = this.#served.missing(vector)
    if (missing === null) return this.#hostile(peer, 'malformed')
    peer.send(frames.step2(missing))
    if (!this.#open) peer.close(CLOSE.closed, 'closed')
  }

  #write(peer: Peer, update: Uint8Array): void {
    if (!this.#open) {
      peer.refuse('closed')
      return peer.close(CLOSE.closed, 'closed')
    }
    if (this.#served.bytes + update.length > this.#deps.limits.documentBytes)
      return peer.refuse('too-large')
    const verdict = this.#judge(peer, update)
    if (verdict === null) return peer.close(CLOSE.unavailable, 'storage unavailable')
    this.#apply(peer, verdict)
    this.#outbox.holdBack(peer)
  }

  #judge(peer: Peer, update: Uint8Array): Verdict | null {
    const circle = this.#deps.circle(this.row.planId)
    if (!circle) return null
    return judge(this.#stage, update, this.#writers.of(peer, circle), this.#deps.limits)
  }

  #apply(peer: Peer, verdict: Verdict): void {
    switch (verdict.kind) {
      case 'accepted': {
        for (const [clientId] of verdict.clocks) this.#hands.bind(clientId, peer.person.id)
        // said by its awareness; who has none is known by what they write
        peer.clientId ??= verdict.clocks.at(-1)?.[0] ?? null
        const pairs = pairsFor(peer, verdict.clocks, this.#stage)
        if (verdict.update) {
          const data = verdict.update
          peer.wrote = true
          this.#served.bytes += data.length
          this.#outbox.add({ peer, personId: peer.person.id, data, pairs: [pairs], acks: [peer] })
          return this.#deps.want(this)
        }
        if (!this.#outbox.addTo(peer, pairs)) peer.send(frames.saved(pairs)) // stored already
        return
      }
      case 'gap':
        if (!peer.asked) peer.send(frames.step1(this.#served.vector()))
        peer.asked = true
        return
      case 'refused':
        return peer.refuse(verdict.reason)
      case 'hostile':
        return this.#hostile(peer, verdict.reason)
      default:
        verdict satisfies never
    }
  }

  /** Another process was first: read what it stored, then judge what waits once more, on that. */
  #catchUp(flying: readonly Waiting[]): void {
    const waiting = [...flying, ...this.#outbox.drain()]
    this.#lagging = false
    void this.#catching.with(
      this.#deps.tail(this.row.id, this.seq),
      (tail) => {
        if (tail === null) return this.#lose(waiting)
        this.#hands.learn(tail.hands)
        if (tail.updates.length > 0) this.#show(tail.updates, tail.seq, null)
        if (!tail.open) this.close()
        this.#rejudge(waiting)
      },
      (peer, frame) => this.receive(peer, frame),
    )
  }

  #rejudge(waiting: readonly Waiting[]): void {
    const again = [...waiting, ...this.#outbox.drain()]
    this.#stage.spoil()
    for (const { peer, data } of again) if (!peer.closing) this.#write(peer, data)
  }

  /** It could not be stored: its writers come back, and send it again. */
  #lose(lost: readonly Waiting[]): void {
    this.#stage.spoil()
    for (const { peer } of lost) peer.close(CLOSE.unavailable, 'storage unavailable')
  }

  #hostile(peer: Peer, reason: string): void {
    this.#deps.security(peer, reason)
    peer.refuse(reason)
    peer.close(CLOSE.hostile, reason)
  }
}
