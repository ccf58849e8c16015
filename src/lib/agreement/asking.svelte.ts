import type { Reply, GoalView } from '#live/wire.ts'
import type { Goal } from '#lib/goal/goal.svelte.ts'
import type { MarkBody } from '#lib/live/asked.ts'
import { m } from '#lib/paraglide/messages.js'

/** One act on a goal from a form: under way, not arrived, or refused with its sentence. */
export class Asking {
  readonly #goal: Goal
  #sending = $state(false)
  #trouble = $state('')

  constructor(goal: Goal) {
    this.#goal = goal
  }

  get sending(): boolean {
    return this.#sending
  }
  get trouble(): string {
    return this.#trouble
  }
  /** What is missing, said before anything is sent. */
  say(trouble: string): void {
    this.#trouble = trouble
  }

  /** Puts something beside the goal; true once it is on record. */
  mark(body: Omit<MarkBody, 'goalId'>): Promise<boolean> {
    return this.do((goal) => goal.table?.mark({ goalId: goal.id, ...body }))
  }

  async do(act: (goal: Goal) => Promise<Reply<GoalView>> | undefined): Promise<boolean> {
    if (this.#sending) return false
    this.#sending = true
    this.#trouble = ''
    const before = this.#goal.view.changedAt
    const reply = await act(this.#goal)
    this.#sending = false
    if (reply?.ok) return true
    if (!reply || reply.refusal === 'try-later') {
      await this.#goal.refresh()
      if (this.#goal.view.changedAt !== before) return true // it had arrived after all
      this.#trouble = m.goal_not_arrived()
    } else this.#trouble = reply.message
    return false
  }
}
