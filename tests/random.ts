/** A seeded source of chance, so that a run that failed can be run again (mulberry32). */
export type Chance = {
  (): number
  /** A whole number from 0 up to but not including `end`. */
  below(end: number): number
  one<T>(of: readonly T[]): T
}

export function chance(seed: number): Chance {
  let state = seed >>> 0
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = Math.imul(state ^ (state >>> 15), state | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
  const below = (end: number) => Math.floor(next() * end)
  return Object.assign(next, {
    below,
    one: <T>(of: readonly T[]) => of[below(of.length)]!,
  })
}
