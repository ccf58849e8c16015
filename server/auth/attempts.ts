/** Failed sign-ins, slowed per address and per account: the first few are free, then it takes longer. */

const FREE = 5
const FIRST_WAIT_MS = 1000
const LONGEST_WAIT_MS = 15 * 60_000
const FORGET_MS = 60 * 60_000

type Failure = { count: number; last: number }

export class Attempts {
  readonly #failures = new Map<string, Failure>()
  readonly #now: () => number

  constructor(now: () => number = Date.now) {
    this.#now = now
  }

  /** Milliseconds until this address may try this account again; 0 when it may now. */
  wait(email: string, address: string): number {
    const keys = [`account ${email}`, `address ${address}`] as const
    return Math.max(this.#waitOf(keys[0], FREE), this.#waitOf(keys[1], FREE * 4))
  }

  /** Counts a try before it is known to be right, so that many at once are slowed as well. */
  trying(email: string, address: string): void {
    for (const key of [`account ${email}`, `address ${address}`]) {
      const known = this.#failures.get(key)
      this.#failures.set(key, { count: (known?.count ?? 0) + 1, last: this.#now() })
    }
    if (this.#failures.size > 20_000) this.#forget()
  }

  /** A right password clears the account; of the address it takes back this one try. */
  succeeded(email: string, address: string): void {
    this.#failures.delete(`account ${email}`)
    const known = this.#failures.get(`address ${address}`)
    if (known) known.count--
  }

  #waitOf(key: string, free: number): number {
    const failure = this.#failures.get(key)
    if (!failure || failure.count < free) return 0
    if (this.#now() - failure.last > FORGET_MS) {
      this.#failures.delete(key)
      return 0
    }
    const wait = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** (failure.count - free))
    return Math.max(0, failure.last + wait - this.#now())
  }

  #forget() {
    for (const [key, { last }] of this.#failures) {
      if (this.#now() - last > FORGET_MS) this.#failures.delete(key)
    }
  }
}
