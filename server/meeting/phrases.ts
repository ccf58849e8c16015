/**
 * Finished phrases for the big screen.
 *
 * Letters that appear one by one, and disappear again, pull every eye in the room away from who is
 * speaking. So the big screen gets words when a sentence has ended or nobody has typed for two
 * seconds, and meanwhile who is writing.
 */
import type { PersonId } from '#plan/people.ts'

const REST_MS = 2000
const ENDS = /[.!?…]["”’)]*\s*$/u

type Seen<T> = {
  shown: T
  last: T
  key: string
  changedAt: number
  fields: readonly string[]
  clocks: ReadonlyMap<number, number>
  writing: Map<PersonId, number>
}

/** A document as it is at this moment. */
export type Now<T> = {
  value: T
  /** Its texts, each as it stands. */
  fields: readonly string[]
  /** How much each client id has written. */
  clocks: ReadonlyMap<number, number>
  hands: ReadonlyMap<number, PersonId | null>
}

/** What one process has let through of the documents its screens show. */
export class Phrases<T> {
  readonly #seen = new Map<string, Seen<T>>()

  /** What to show of a document: the newest finished words, and who is writing. */
  take(id: string, now: Now<T>, at: number): { value: T; writing: PersonId[] } {
    const key = JSON.stringify(now.fields)
    const seen = this.#seen.get(id)
    if (!seen) {
      const { value, fields, clocks } = now
      const first = { shown: value, last: value, key, changedAt: 0, fields, clocks }
      this.#seen.set(id, { ...first, writing: new Map() })
      return { value, writing: [] }
    }
    for (const [clientId, clock] of now.clocks) {
      const person = now.hands.get(clientId)
      if (person && clock > (seen.clocks.get(clientId) ?? 0)) seen.writing.set(person, at)
    }
    for (const [person, since] of seen.writing)
      if (at - since > REST_MS) seen.writing.delete(person)
    seen.clocks = now.clocks
    if (key !== seen.key) {
      const changed = now.fields.filter((text, n) => text !== seen.fields[n])
      seen.key = key
      seen.fields = now.fields
      seen.last = now.value
      seen.changedAt = at
      if (changed.every((text) => text === '' || ENDS.test(text))) seen.shown = now.value
    } else if (at - seen.changedAt >= REST_MS) seen.shown = seen.last
    return { value: seen.shown, writing: [...seen.writing.keys()] }
  }

  /** Documents nobody shows any more. */
  keepOnly(ids: ReadonlySet<string>): void {
    for (const id of this.#seen.keys()) if (!ids.has(id)) this.#seen.delete(id)
  }
}
