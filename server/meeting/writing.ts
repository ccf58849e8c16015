import type { PersonId } from '#plan/people.ts'

/** How often it is said that the same person writes at the same goal. */
const AGAIN_MS = 3000

/** "Joost schrijft nu": said to a plan's table at most once in three seconds for each writer of a goal. */
export class Writing {
  readonly #last = new Map<string, number>()
  readonly #say: (planId: string, goalId: string, personId: PersonId) => void

  constructor(say: (planId: string, goalId: string, personId: PersonId) => void) {
    this.#say = say
  }

  tell(planId: string, goalId: string, personId: PersonId, now = Date.now()): void {
    const key = `${goalId}:${personId}`
    if (now - (this.#last.get(key) ?? 0) < AGAIN_MS) return
    if (this.#last.size > 1000) this.#forget(now)
    this.#last.set(key, now)
    this.#say(planId, goalId, personId)
  }

  #forget(now: number): void {
    for (const [key, at] of this.#last) if (now - at >= AGAIN_MS) this.#last.delete(key)
  }
}
