import { within } from './within.ts'

type Ask<T> = { id: string; done: (found: T | undefined) => void; failed: (error: unknown) => void }
type Options = {
  queryMs: number
  atOnce?: number
  most?: number
  /** A query that takes longer than this holds nobody up. */
  slowMs?: number
}

/** So many who wait are worth a query beside the one under way. */
const ENOUGH = 10

/**
 * Looks things up by id, one for each who asks, in few queries: what is asked while one is under
 * way waits and goes in the next together, unless that one is slow. So five hundred people who come
 * in at once cost some tens of looks into the database. A query begins after everything it answers was
 * asked, so nobody is told what was true before they asked.
 */
export class AskedTogether<T extends { id: string }> {
  readonly #find: (ids: readonly string[]) => Promise<readonly T[]>
  readonly #options: Required<Options>
  #waiting: Ask<T>[] = []
  #running = 0
  /** How many of these may end any moment. */
  #quick = 0
  /** What is asked in the same breath goes together. */
  #soon = false

  constructor(find: (ids: readonly string[]) => Promise<readonly T[]>, options: Options) {
    this.#find = find
    this.#options = { atOnce: 4, most: 200, slowMs: 25, ...options }
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
    const enough = () => (this.#quick > 0 ? ENOUGH : 1)
    while (this.#running < this.#options.atOnce && this.#waiting.length >= enough()) {
      this.#running++
      const watch = this.#untilSlow()
      void this.#look(this.#waiting.splice(0, this.#options.most)).finally(() => {
        watch.end()
        this.#running--
        this.#next()
      })
    }
  }

  /** Counts a query as quick until it ends or turns out to be slow; then nobody waits for it. */
  #untilSlow(): { end(): void } {
    this.#quick++
    let counted = true
    const end = () => {
      if (counted) this.#quick--
      counted = false
      clearTimeout(timer)
    }
    const timer = setTimeout(() => (end(), this.#next()), this.#options.slowMs)
    return { end }
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
