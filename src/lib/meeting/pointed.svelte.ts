import type { Pointing } from '#plan/meeting.ts'
import { fold } from '#plan/words.ts'

/** A text somebody could point at, by a name that stays when its words change. */
export type Target = { key: string; text: string }

/** Which of several texts somebody points at. It stays that one while people write on in it. */
export class Pointed {
  #held = $state.raw<{ at: string; key: string } | null>(null)
  readonly #now: () => Pointing | null | undefined
  readonly #targets: () => readonly Target[]
  readonly #key = $derived.by(() => {
    const now = this.#now()
    if (!now) return null
    if (this.#held?.at === now.at) return this.#held.key
    return this.#targets().find(({ text }) => fold(text).slice(0, 200) === now.words)?.key ?? null
  })

  /**
   * @param now what is pointed at, if anything of this thing
   * @param targets its texts
   */
  constructor(now: () => Pointing | null | undefined, targets: () => readonly Target[]) {
    this.#now = now
    this.#targets = targets
    $effect(() => {
      const at = now()?.at
      const key = this.#key
      if (at !== undefined && key !== null && this.#held?.at !== at) this.#held = { at, key }
    })
  }

  /** Whether this text has the ring. */
  is(key: string): boolean {
    return this.#key === key
  }
}
