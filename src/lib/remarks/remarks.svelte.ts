import { isOpen, threads, type RemarkKind } from '#plan/remarks.ts'
import type { Voice } from '#plan/voice.ts'
import type { RemarkView } from '#live/wire.ts'

/** What is talked about: a goal, or a card of a board. */
export type About = { goalId: string } | { documentId: string; cardId: string }
export type NewRemark = { kind: RemarkKind; text: string; voice: Voice; answers?: string }

const isAbout = (about: About) => (remark: RemarkView) =>
  'goalId' in about ? remark.goalId === about.goalId : remark.cardId === about.cardId

/** What people say beside the words of a plan, as it is now. */
export class Remarks {
  readonly #planId: string
  #list = $state.raw<readonly RemarkView[]>([])

  constructor(planId: string, list: readonly RemarkView[]) {
    this.#planId = planId
    this.#list = list
  }

  /** Everything said about one thing, answers under what they answer. */
  threads(about: About) {
    return threads(this.#list.filter(isAbout(about)))
  }
  /** How much is said about a card, and how many questions wait. */
  count(cardId: string): { said: number; open: number } {
    const about = this.#list.filter((remark) => remark.cardId === cardId)
    return { said: about.length, open: about.filter(isOpen).length }
  }

  replace(list: readonly RemarkView[]): void {
    this.#list = list
  }

  /** Reads what was said anew; without a connection what is here stays. */
  async refresh(): Promise<void> {
    try {
      const answer = await fetch(`/api/plans/${this.#planId}/remarks`)
      if (answer.ok) this.#list = (await answer.json()) as RemarkView[]
    } catch {
      return // the next notice reads it
    }
  }

  /** Says something; answers with what went wrong, in a sentence, or null. */
  async say(about: About, { kind, text, voice, answers }: NewRemark): Promise<string | null> {
    const body = { ...about, ...voice, kind, text, ...(answers && { answers }) }
    return this.#call(`/api/plans/${this.#planId}/remarks`, body)
  }

  async resolve(id: string): Promise<string | null> {
    return this.#call(`/api/remarks/${id}/resolve`, {})
  }

  async #call(path: string, body: object): Promise<string | null> {
    try {
      const answer = await fetch(path, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      })
      const value = (await answer.json()) as RemarkView | { message: string }
      if ('message' in value) return value.message
      this.#list = [...this.#list.filter(({ id }) => id !== value.id), value].sort((a, b) =>
        a.at < b.at ? -1 : 1,
      )
      return null
    } catch {
      return ''
    }
  }
}
