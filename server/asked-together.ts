import { within } from './within.ts'

type Ask<T> = { id: string; done: (found: T | undefined) => void; failed: (error: unknown) => void }
type Options = { queryMs: number; atOnce?: number; most?: number }

/**
 * Looks things up by id, one for each who asks, in few queries: what is asked while some are under
 * way waits and goes in the next together. So five hundred people who come in at once cost some ten
 * looks into the database. A query begins after everything it answers was asked, so nobody is told
 * what was true before they asked.
 */
export class AskedTogether<T extends { id: string }> {
  readonly #find: (ids: readonly string[]) => Promise<readonly T[]>
  readonly #options: Required<Options>
  #waiting: Ask<T>[] = []
  #running = 0
  /** What is asked in the same breath goes together. */
  #soon = false

  constructor(find: (ids: readonly string[]) => Promise<readonly T[]>, options: Options) {
    this.#find = find
    this.#options = { atOnce: 4, most: 200, ...options }
  }

  find(id: string): Promise<T | undefined> {
    return new Promise((done, failed) => {
      this.#waiting.push({ id, done, failed })
      if (this.#soon) return
      this.#soon = true
      setImmediate(() => {
        this.#soon = false
        this.#next()
      })
    })
  }

  #next(): void {
    while (this.#running < this.#options.atOnce && this.#waiting.length > 0) {
      this.#running++
      void this.#look(this.#waiting.splice(0, this.#options.most)).finally(() => {
        this.#running--
        this.#next()
      })
    }
  }

  async #look(asks: readonly Ask<T>[]): Promise<void> {
    try {
      const ids = [...new Set(asks.map(({ id }) => id))]
      const rows = await within(this.#find(ids), this.#options.queryMs)
      const found = new Map(rows.map((row) => [row.id, row]))
      for (const { id, done } of asks) done(found.get(id))
    } catch (error) {
      for (const { failed } of asks) failed(error)
    }
  }
}
