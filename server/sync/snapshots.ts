import { setTimeout as pause } from 'node:timers/promises'
import * as documents from '../db/documents.ts'
import type { DocumentRow } from '../db/documents.ts'
import type { Sql } from '../db/open.ts'
import { within } from '../within.ts'

/** A document in memory, as far as keeping it goes. */
export type Grown = {
  row: Pick<DocumentRow, 'planId' | 'id'>
  /** All of it that is durable, and up to where in the log. */
  snapshot(): { seq: number; data: Uint8Array }
}

/** Between one snapshot and the next: what people type goes in between. */
const BREATH_MS = 25

type Options = {
  sql: Sql
  queryMs: number
  /** Whether the room is still what it was: a document that was erased is never stored again. */
  stands(room: Grown): boolean
  trouble(what: string, error: unknown): void
}

/**
 * Keeps snapshots of documents that grew, beside live traffic: one at a time, since putting one
 * together holds up everybody, and documents that are written in equally fast grow full together.
 */
export class Snapshots {
  readonly #options: Options
  readonly #waiting = new Set<Grown>()
  #running: Promise<void> | null = null
  #hurry = false

  constructor(options: Options) {
    this.#options = options
  }

  /** The room has grown enough. */
  want(room: Grown): void {
    this.#waiting.add(room)
    this.#running ??= this.#run()
  }

  /** Resolves when none waits any more; nobody types by then, so nothing goes in between. */
  async idle(): Promise<void> {
    this.#hurry = true
    while (this.#running) await this.#running
  }

  async #run(): Promise<void> {
    for (const room of this.#waiting) {
      if (!this.#hurry) await pause(BREATH_MS)
      this.#waiting.delete(room)
      if (this.#options.stands(room)) await this.#keep(room)
    }
    this.#running = null
  }

  /** It holds what is durable, up to a known place in the log. */
  async #keep(room: Grown): Promise<void> {
    const { sql, queryMs, trouble } = this.#options
    try {
      const { seq, data } = room.snapshot()
      await within(documents.snapshot(sql, room.row, seq, data), queryMs)
    } catch (error) {
      trouble('a snapshot was not kept', error) // the log still holds everything
    }
  }
}
