import { standing } from '#plan/answers.ts'
import type { Refusal } from '#plan/refusals.ts'
import type { AnswerBody } from '#lib/live/asked.ts'
import type { Goal } from '#lib/goal/goal.svelte.ts'

/** Where an answer is: on its way, on record, or not there. `away`: there is no network, and it was not sent. */
export type Way = 'none' | 'sending' | 'arrived' | 'away' | 'lost' | 'refused'

/**
 * One answer, from the tap to the record.
 *
 * A tap has one key, kept when it is sent again: however often it arrives, it counts once. Whether
 * it arrived is read from the record, never guessed.
 */
export class Answering {
  readonly #goal: Goal
  #sent = $state.raw<{ body: AnswerBody; before: number } | null>(null)
  #unsure = $state(false)
  #away = $state(false)
  #wasLost = $state(false)
  #refusal = $state.raw<{ refusal: Refusal; message: string } | null>(null)

  constructor(goal: Goal) {
    this.#goal = goal
  }

  get way(): Way {
    if (this.#refusal) return 'refused'
    if (!this.#sent) return 'none'
    if (this.#arrived) return 'arrived'
    if (this.#away) return this.#goal.table?.line === 'apart' ? 'away' : 'lost'
    return this.#unsure ? 'lost' : 'sending'
  }
  /** Lets the page say that not all is saved, while this is so; answers with how to stop. */
  tell(): () => void {
    this.#goal.answerIsLost = this.way === 'lost' || this.way === 'away'
    return () => (this.#goal.answerIsLost = false)
  }
  /** Why it was not taken, where it was not. */
  get refusal(): { refusal: Refusal; message: string } | null {
    return this.#refusal
  }
  /** Whether it was, for a while, not known to have arrived. */
  get wasLost(): boolean {
    return this.#wasLost
  }
  /** Whether it adds words to the same answer that was on record before. */
  get adds(): boolean {
    if (!this.#sent) return false
    const { body, before } = this.#sent
    return (
      body.remark !== undefined &&
      standing(this.#goal.view.answers.slice(0, before), this.#party(body))?.answer === body.answer
    )
  }
  get sent(): AnswerBody | null {
    return this.#sent?.body ?? null
  }

  /** Sends an answer to exactly the words with this hash; true once it is on record. */
  give(answer: Omit<AnswerBody, 'goalId' | 'key'>): Promise<boolean> {
    const body = { ...answer, goalId: this.#goal.id, key: crypto.randomUUID() }
    this.#wasLost = false
    this.#sent = { body, before: this.#goal.view.answers.length }
    return this.again()
  }

  /** Sends the same tap again. */
  async again(): Promise<boolean> {
    const { table } = this.#goal
    if (!this.#sent || !table) return false
    this.#unsure = false
    this.#refusal = null
    // an answer is never queued: nothing is sent by itself once the network is back
    this.#away = table.line === 'apart'
    if (this.#away) return false
    const reply = await table.answer(this.#sent.body)
    if (reply.ok) return true
    if (reply.refusal === 'try-later') {
      await this.#goal.refresh()
      this.#unsure = this.#wasLost = true
      return this.#arrived
    }
    this.#refusal = reply
    if (reply.refusal !== 'second-factor') this.#sent = null // the tap is kept until it counts
    if (reply.refusal === 'words-changed') await this.#goal.refresh()
    return false
  }

  /** Begins anew: nothing was answered here yet. */
  clear(): void {
    this.#sent = null
    this.#refusal = null
    this.#unsure = this.#away = false
  }

  get #arrived(): boolean {
    if (!this.#sent) return false
    const { body, before } = this.#sent
    const party = this.#party(body)
    return this.#goal.view.answers
      .slice(before)
      .some(
        (a) =>
          a.partyId === party &&
          a.actorId === this.#goal.me.id &&
          a.answer === body.answer &&
          a.hash === body.hash,
      )
  }

  #party({ party }: AnswerBody): string {
    return party ?? this.#goal.me.id
  }
}
