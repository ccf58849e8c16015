/**
 * With several processes a message between them can be lost, and Redis can be away. Who may be at a
 * table never depends on it: every second each process asks the database what changed at the
 * tables that are open here, and which sessions have ended.
 */
import type { Sql } from './db/open.ts'
import * as sessionRows from './db/sessions.ts'
import { within } from './within.ts'

type Options = {
  sql: Sql
  queryMs: number
  /** Plans with somebody here. */
  plans(): ReadonlySet<string>
  /** Sessions with a socket here. */
  sessions(): ReadonlySet<string>
  changed(planId: string): void
  ended(sessionId: string): void
  trouble(what: string, error: unknown): void
}

const EVERY_MS = 1000

export class Watch {
  readonly #options: Options
  readonly #seen = new Map<string, number>()
  readonly #timer: NodeJS.Timeout
  #asking = false

  constructor(options: Options) {
    this.#options = options
    this.#timer = setInterval(() => void this.#look(), EVERY_MS).unref()
  }

  stop(): void {
    clearInterval(this.#timer)
  }

  async #look(): Promise<void> {
    if (this.#asking) return
    this.#asking = true
    const { queryMs, trouble } = this.#options
    try {
      await within(Promise.all([this.#plans(), this.#sessions()]), queryMs)
    } catch (error) {
      trouble('the tables were not looked after', error)
    } finally {
      this.#asking = false
    }
  }

  /** A plan whose chain of events grew: people, roles or access may have changed. */
  async #plans(): Promise<void> {
    const { sql, plans, changed } = this.#options
    const open = plans()
    for (const id of this.#seen.keys()) if (!open.has(id)) this.#seen.delete(id)
    if (open.size === 0) return
    const grown = await sql<{ id: string; seq: number }[]>`
      select id, event_seq as seq from plan where id = any(${[...open]}::text[])`
    for (const { id, seq } of grown) {
      const known = this.#seen.get(id)
      this.#seen.set(id, seq)
      if (known !== seq) changed(id) // at first sight as well: it may have changed just before
    }
  }

  async #sessions(): Promise<void> {
    const { sql, sessions, ended } = this.#options
    const open = [...sessions()]
    if (open.length === 0) return
    const alive = new Set(await sessionRows.alive(sql, open))
    for (const id of open) if (!alive.has(id)) ended(id)
  }
}
