import type { PersonId } from '#plan/people.ts'
import type { Hand } from '../db/documents.ts'

type NewHand = { clientId: number; personId: PersonId }

/** Whose hand each client id of a document is, for ever; those not stored yet go with their first words. */
export class Hands {
  readonly #all = new Map<number, PersonId | null>()
  #unstored: NewHand[] = []

  constructor(stored: readonly Hand[]) {
    this.learn(stored)
  }

  get all(): ReadonlyMap<number, PersonId | null> {
    return this.#all
  }

  /** What the database or another process knows. */
  learn(hands: readonly Hand[]): void {
    for (const hand of hands) this.#all.set(hand.clientId, hand.personId)
  }

  /** Whether a client id is this person's, or can still become so. */
  mayBe(clientId: number, personId: PersonId): boolean {
    return !this.#all.has(clientId) || this.#all.get(clientId) === personId
  }

  /** A client id belongs to the first person who uses it. */
  bind(clientId: number, personId: PersonId): void {
    if (this.#all.has(clientId)) return
    this.#all.set(clientId, personId)
    this.#unstored.push({ clientId, personId })
  }

  /** Those of these client ids that are not stored yet: they go into the same commit. */
  take(used: ReadonlySet<number>): NewHand[] {
    const taken = this.#unstored.filter((hand) => used.has(hand.clientId))
    this.#unstored = this.#unstored.filter((hand) => !used.has(hand.clientId))
    return taken
  }

  /** They were not stored after all. */
  giveBack(hands: readonly NewHand[]): void {
    this.#unstored.unshift(...hands)
  }

  /** Nobody's again: whether they were stored is not known, the database will say. */
  forget(hands: readonly NewHand[]): void {
    for (const { clientId } of hands) this.#all.delete(clientId)
  }
}
