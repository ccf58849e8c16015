/** Many durations in little room: to within 2 %, from a microsecond to a minute. */
const STEP = Math.log(1.02)
const BUCKETS = 1000
const LEAST_MS = 0.001

export class Histogram {
  readonly #buckets = new Uint32Array(BUCKETS)
  count = 0

  add(ms: number): void {
    const bucket = ms <= LEAST_MS ? 0 : Math.round(Math.log(ms / LEAST_MS) / STEP)
    this.#buckets[Math.min(bucket, BUCKETS - 1)]!++
    this.count++
  }

  /** The duration that this share stays under; what never came counts as endless. */
  quantile(share: number, missing = 0): number {
    let rest = (this.count + missing) * share
    for (const [bucket, count] of this.#buckets.entries()) {
      rest -= count
      if (rest <= 0 && count > 0) return LEAST_MS * Math.exp(bucket * STEP)
    }
    return Infinity
  }
}
