/** Whether somebody comes: asked, told, nobody could be told, or somebody says they are coming. */
export type Answered = 'none' | 'asking' | 'told' | 'nobody' | 'comes'

/** The client asks somebody to come, and hears whether anybody does. */
export class Calling {
  readonly #planId: string
  #help = $state<Answered>('none')
  #who = $state<string | null>(null)

  constructor(planId: string) {
    this.#planId = planId
  }

  get help(): Answered {
    return this.#help
  }
  /** The name of who comes. */
  get who(): string | null {
    return this.#who
  }

  /** Asks somebody to come. */
  async call(about: 'help' | 'change' = 'help', goalId?: string): Promise<void> {
    this.#help = 'asking'
    try {
      const response = await fetch(`/api/plans/${this.#planId}/client/help`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ about, ...(goalId && { goalId }) }),
      })
      const body = (await response.json()) as { reached?: boolean }
      this.#help = response.ok && body.reached ? 'told' : 'nobody'
    } catch {
      this.#help = 'nobody'
    }
  }

  /** Somebody said they are coming. */
  comes(who: string | null): void {
    if (this.#help === 'none') return
    this.#who = who
    this.#help = 'comes'
  }

  stop(): void {
    this.#help = 'none'
  }
}
