import { invalidateAll } from '$app/navigation'
import { m } from '#lib/paraglide/messages.js'

/** One act of a plan sent from a page: under way, or what went wrong in a sentence. */
export class Send {
  #sending = $state(false)
  #trouble = $state('')
  #given: unknown = null

  get sending(): boolean {
    return this.#sending
  }
  get trouble(): string {
    return this.#trouble
  }
  /** What the act answered with, the last time it was done. */
  get given(): unknown {
    return this.#given
  }
  say(trouble: string): void {
    this.#trouble = trouble
  }

  /** Sends it, and reads the page anew; true once it is done. */
  async to(path: string, body: unknown): Promise<boolean> {
    if (this.#sending) return false
    this.#sending = true
    this.#trouble = ''
    try {
      const answer = await fetch(path, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      })
      const given: unknown = await answer.json()
      if (!answer.ok) this.#trouble = (given as { message: string }).message
      else {
        this.#given = given
        await invalidateAll()
      }
      return answer.ok
    } catch {
      this.#trouble = m.goal_not_arrived()
      return false
    } finally {
      this.#sending = false
    }
  }
}
