import type { PersonId } from '#plan/people.ts'
import type { GoalView } from '#live/wire.ts'

type Timer = ReturnType<typeof setTimeout>

/** How long somebody is said to write after their last words. */
const NOW_MS = 6000
/** How often a goal that is being written is read anew, at most. */
const READ_MS = 4000

/** Who writes at which goal at this moment; its words on the board follow. */
export class WritingNow {
  #people = $state.raw<Readonly<Record<string, readonly PersonId[]>>>({})
  readonly #timers: Record<string, Timer> = {}
  readonly #reading: Record<string, Timer | undefined> = {}
  readonly #take: (goal: GoalView) => void

  constructor(take: (goal: GoalView) => void) {
    this.#take = take
  }

  at(goalId: string): readonly PersonId[] {
    return this.#people[goalId] ?? []
  }

  /** These words are stored: who wrote them writes now. */
  hear(goalId: string, person: PersonId): void {
    const key = `${goalId}:${person}`
    clearTimeout(this.#timers[key])
    this.#timers[key] = setTimeout(
      () => this.#set(goalId, (now) => now.filter((one) => one !== person)),
      NOW_MS,
    )
    if (!this.at(goalId).includes(person)) this.#set(goalId, (now) => [...now, person])
    this.#reading[goalId] ??= setTimeout(() => void this.#read(goalId), READ_MS)
  }

  close(): void {
    for (const timers of [this.#timers, this.#reading])
      for (const timer of Object.values(timers)) clearTimeout(timer)
  }

  #set(goalId: string, to: (now: readonly PersonId[]) => readonly PersonId[]): void {
    this.#people = { ...this.#people, [goalId]: to(this.at(goalId)) }
  }

  async #read(goalId: string): Promise<void> {
    this.#reading[goalId] = undefined
    const answer = await fetch(`/api/goals/${goalId}`).catch(() => null)
    if (answer?.ok) this.#take((await answer.json()) as GoalView)
  }
}
