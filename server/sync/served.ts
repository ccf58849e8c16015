import * as Y from 'yjs'
import type { Stored } from '../db/documents.ts'
import { applyQuietly } from './judge/apply.ts'

/** Bytes of a state vector: some ten thousand client ids, more than a document ever has. */
const MAX_VECTOR = 131_072

/** Stored updates that may wait before they go into the document; together they cost less. */
const BEHIND = 200

/** The document people are served: what is durable, and up to where in the log. */
export class Served {
  /** Null while nobody writes: then only its bytes are kept, a tenth of it. */
  #doc: Y.Doc | null = new Y.Doc({ gc: true })
  /** Durable and shown, and not in the document yet: nobody asked for it since. */
  #behind: Uint8Array[] = []
  seq: number
  /** Updates since the last snapshot. */
  tail: number
  /** About how much the document holds, in bytes. */
  bytes: number
  #whole: Uint8Array | null = null

  constructor(id: string, stored: Stored) {
    this.seq = stored.seq
    this.tail = stored.tail
    this.bytes = stored.updates.reduce((sum, update) => sum + update.length, 0)
    applyQuietly(this.doc, stored.updates)
    if (stored.updates.length === 1) this.#whole = stored.updates[0]! // goes out as it lies there
    if (!isSound(this.doc.store)) {
      throw new Error(`document ${id} cannot be put together from what is stored`)
    }
  }

  get doc(): Y.Doc {
    if (!this.#doc) {
      this.#doc = new Y.Doc({ gc: true })
      if (this.#whole) applyQuietly(this.#doc, [this.#whole])
    }
    if (this.#behind.length > 0) {
      applyQuietly(this.#doc, this.#behind.splice(0))
      this.#whole = null
    }
    return this.#doc
  }

  /** Takes in what is stored up to a place in the log; answers with all of it as one update. */
  take(updates: readonly Uint8Array[], seq: number): Uint8Array | null {
    const [first] = updates
    if (!first) return null
    this.tail += seq - this.seq
    this.seq = seq
    this.#behind.push(...updates)
    if (this.#behind.length >= BEHIND) void this.doc
    return updates.length === 1 ? first : Y.mergeUpdates([...updates])
  }

  /** The whole document as one update, for those who come with nothing. */
  whole(): Uint8Array {
    if (!this.#whole || this.#behind.length > 0) this.#whole = Y.encodeStateAsUpdate(this.doc)
    this.bytes = this.#whole.length
    return this.#whole
  }

  /** What to keep as a snapshot, and up to where in the log it goes. */
  snapshot(): { seq: number; data: Uint8Array } {
    this.tail = 0
    return { seq: this.seq, data: this.whole() }
  }

  vector(): Uint8Array {
    return this.#doc || this.#behind.length > 0
      ? Y.encodeStateVector(this.doc)
      : Y.encodeStateVectorFromUpdate(this.whole())
  }

  /** What somebody does not have yet; null when their state vector is none. */
  missing(vector: Uint8Array): Uint8Array | null {
    if (vector.length > MAX_VECTOR) return null
    try {
      return vector.length <= 1 ? this.whole() : Y.encodeStateAsUpdate(this.doc, vector)
    } catch {
      return null
    }
  }

  /** Drops what can be made again. */
  rest(): void {
    this.whole()
    this.#doc = null
  }
}

const CONTENTS = new Set([1, 4, 6, 7, 8]) // deleted, text, voice, types, plain values
const MAX_CLOCK = 2 ** 31 - 1

/**
 * Whether newcomers can load it: nothing waits for missing parts, clocks run on without a hole, and
 * no operation is empty or of a kind that has no place here. What the judge let in always is; this
 * keeps a row that somebody else put into the log from spreading.
 */
function isSound(store: Y.Doc['store']): boolean {
  if (store.pendingStructs || store.pendingDs) return false
  for (const structs of store.clients.values()) {
    let clock = 0
    for (const struct of structs) {
      if (struct.id.clock !== clock || !(struct.length > 0)) return false
      if (struct instanceof Y.Item && !CONTENTS.has(struct.content.getRef())) return false
      clock += struct.length
    }
    if (clock > MAX_CLOCK) return false
  }
  return true
}
