import type { PersonId } from '#plan/people.ts'
import type { GoalView } from '#live/wire.ts'

/** How long somebody is said to write after their last words. */
const NOW_MS = 6000
/** How often a goal that is being written is read anew, at most. */
const READ_MS = 4000

/** Who writes at which goal at this moment; its words on the board follow. */
export class WritingNow {
  #people = $state.raw<Readonly<Record<string, readonly PersonId[]>>>({})
  readonly #timers = new Map<string, ReturnType<typeof setTimeout>>()
  readonly #reading = new Map<string, ReturnType<typeof setTimeout>>()
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
    clearTimeout(this.#timers.get(key))
    this.#timers.set(
      key,
      setTimeout(() => this.#set(goalId, (now) => now.filter((one) => one !== person)), NOW_MS),
    )
    if (!this.at(goalId).includes(person)) this.#set(goalId, (now) => [...now, person])
    if (this.#reading.has(goalId)) return
    this.#reading.set(
      goalId,
      setTimeout(() => void this.#read(goalId), READ_MS),
    )
  }

  close(): void {
    for (const timer of [...this.#timers.values(), ...this.#reading.values()]) clearTimeout(timer)
  }

  #set(goalId: string, to: (now: readonly PersonId[]) => readonly PersonId[]): void {
    this.#people = { ...this.#people, [goalId]: to(this.at(goalId)) }
  }

  async #read(goalId: string): Promise<void> {
    this.#reading.delete(goalId)
    const answer = await fetch(`/api/goals/${goalId}`).catch(() => null)
    if (answer?.ok) this.#take((await answer.json()) as GoalView)
  }
}
