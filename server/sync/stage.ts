import * as Y from 'yjs'
import type { DocumentRow } from '../db/documents.ts'
import { applyQuietly } from './judge/apply.ts'

type Kind = DocumentRow['kind']

/** The document on which an update is rehearsed: what is served, and all that is on its way to be. */
export class Stage {
  readonly kind: Kind
  readonly #parts: () => Uint8Array[]
  #doc: Y.Doc | null = null

  constructor(kind: Kind, parts: () => Uint8Array[]) {
    this.kind = kind
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
