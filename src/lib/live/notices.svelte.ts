import type { NoticeView } from '#live/wire.ts'

/** What one person should hear of at a plan and has not read yet. */
export class Notices {
  readonly #path: string
  #all = $state.raw<readonly NoticeView[]>([])

  constructor(planId: string) {
    this.#path = `/api/plans/${planId}/notices`
  }

  /** Newest first. */
  get all(): readonly NoticeView[] {
    return this.#all
  }

  /** Asks the record what there is now. */
  async hear(): Promise<void> {
    const answer = await fetch(this.#path).catch(() => null)
    if (answer?.ok) this.#all = (await answer.json()) as NoticeView[]
  }

  /** All about a goal was read, or all of the plan. */
  async read(goalId: string | null): Promise<void> {
    const upTo = Math.max(0, ...this.#all.map(({ seq }) => seq))
    this.#all = this.#all.filter((one) => goalId !== null && one.goalId !== goalId)
    const answer = await fetch(this.#path, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ upTo, goalId }),
    }).catch(() => null) // it comes back at the next look
    await answer?.text().catch(() => null) // what is not read keeps its connection
  }
}
