import * as Y from 'yjs'
import { applyQuietly } from './judge/apply.ts'

/** The document on which an update is rehearsed: what is served, and all that is on its way to be. */
export class Stage {
  readonly #parts: () => Uint8Array[]
  #doc: Y.Doc | null = null

  constructor(parts: () => Uint8Array[]) {
    this.#parts = parts
  }

  /** Put together when it is asked for. */
  doc(): Y.Doc {
    if (!this.#doc) {
      this.#doc = new Y.Doc({ gc: true })
      applyQuietly(this.#doc, this.#parts())
    }
    return this.#doc
  }

  /** It is no longer what it should be, or not needed: made anew the next time. */
  spoil(): void {
    this.#doc = null
  }
}
