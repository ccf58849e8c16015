/** How much somebody wants to hear of what others do (CTAUR 1–4): all, what matters, or nothing. */
export type Hearing = 'all' | 'important' | 'quiet'

/** What others did, told in one sentence: who, and to how many things. */
export type Others = { who: string; count: number }

export type Clock = { now(): number; after(ms: number, act: () => void): () => void }

/** At most one digest of others' edits in this time. */
export const DIGEST_MS = 10_000

const clockOfBrowser: Clock = {
  now: () => Date.now(),
  after: (ms, act) => {
    const timer = setTimeout(act, ms)
    return () => clearTimeout(timer)
  },
}

/**
 * What is said to who cannot see it happen: one polite region, which gathers what others do, and
 * one that interrupts, only for a lock and for a lost connection.
 */
export class Announcer {
  #polite = $state('')
  #urgent = $state('')
  readonly #hearing: () => Hearing
  readonly #sentence: (others: readonly Others[]) => string
  readonly #clock: Clock
  #waiting: Record<string, string[]> = {}
  #last = Number.NEGATIVE_INFINITY
  #stop: (() => void) | null = null

  /** @param sentence what a digest says */
  constructor(
    sentence: (others: readonly Others[]) => string,
    hearing: () => Hearing = hearingOfPage,
    clock: Clock = clockOfBrowser,
  ) {
    this.#sentence = sentence
    this.#hearing = hearing
    this.#clock = clock
  }

  get polite(): string {
    return this.#polite
  }
  get urgent(): string {
    return this.#urgent
  }

  /** The answer to what one did oneself; always heard, also when it is the same as before. */
  say(words: string): void {
    this.#polite = words === this.#polite ? `${words}\u00a0` : words
  }

  /** Something one can no longer do; always heard, at once. */
  interrupt(words: string): void {
    this.#urgent = words
  }

  /** It can be done again: the next time it fails is said anew. */
  back(): void {
    this.#urgent = ''
  }

  /** Somebody else did something to these things; told later, with everything else. */
  others(who: string, things: Iterable<string>): void {
    if (this.#hearing() !== 'all') return
    const mine = (this.#waiting[who] ??= [])
    for (const thing of things) if (!mine.includes(thing)) mine.push(thing)
    if (this.#stop) return
    const wait = Math.max(1000, this.#last + DIGEST_MS - this.#clock.now())
    this.#stop = this.#clock.after(wait, () => this.#tell())
  }

  close(): void {
    this.#stop?.()
    this.#stop = null
  }

  #tell(): void {
    this.#stop = null
    this.#last = this.#clock.now()
    const others = Object.entries(this.#waiting).map(([who, things]) => ({
      who,
      count: things.length,
    }))
    this.#waiting = {}
    if (others.length > 0 && this.#hearing() === 'all') this.#polite = this.#sentence(others)
  }
}

/** What was chosen under "Lezen en zien", as it stands on the page. */
export function hearingOfPage(): Hearing {
  const chosen = document.documentElement.dataset.hear
  return chosen === 'important' || chosen === 'quiet' ? chosen : 'all'
}
