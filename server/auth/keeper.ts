/**
 * Keeps sessions by what happens on their sockets. Whoever writes or decides at the table uses
 * their session, also when no page is loaded for hours; whoever only left it open does not. And a
 * session that ran out takes its sockets with it.
 */
import type { Sql } from '../db/open.ts'
import * as sessions from '../db/sessions.ts'
import { within } from '../within.ts'

type Options = {
  sql: Sql
  queryMs: number
  idleMs: number
  /** Sessions with a socket here. */
  open(): Iterable<string>
  ended(sessionId: string): void
  trouble(what: string, error: unknown): void
}

const EVERY_MS = 30_000

export class Keeper {
  readonly #options: Options
  readonly #used = new Set<string>()
  readonly #timer: NodeJS.Timeout

  constructor(options: Options) {
    this.#options = options
    this.#timer = setInterval(() => void this.look(), EVERY_MS).unref()
  }

  /** Somebody wrote or decided something in this session. */
  used(sessionId: string): void {
    this.#used.add(sessionId)
  }

  /** Renews what was used, ends what ran out. What cannot be asked stays as it is. */
  async look(): Promise<void> {
    const { sql, queryMs, idleMs, open, ended, trouble } = this.#options
    const used = [...this.#used]
    const here = [...new Set(open())]
    this.#used.clear()
    if (here.length === 0) return
    try {
      if (used.length > 0) await within(sessions.used(sql, used, idleMs), queryMs)
      const alive = new Set(await within(sessions.alive(sql, here), queryMs))
      for (const id of here) if (!alive.has(id)) ended(id)
    } catch (error) {
      for (const id of used) this.#used.add(id)
      trouble('sessions were not looked after', error)
    }
  }

  stop(): void {
    clearInterval(this.#timer)
  }
}
