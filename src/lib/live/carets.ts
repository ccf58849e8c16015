import { SvelteMap } from 'svelte/reactivity'
import type { PersonId } from '#plan/people.ts'
import type { Caret } from '#live/wire.ts'

/** Somebody's caret on another screen. */
export type Placed = { clientId: number; person: PersonId; caret: Caret }

const NONE: readonly Placed[] = []

const alike = (some: readonly Placed[], others: readonly Placed[]): boolean =>
  some.length === others.length &&
  some.every(({ clientId, person, caret }, at) => {
    const other = others[at]!
    return (
      clientId === other.clientId &&
      person === other.person &&
      caret.anchor === other.caret.anchor &&
      caret.head === other.caret.head
    )
  })

/** Where others' carets are, field by field: a field is not asked to look when they move in another. */
export class Carets {
  readonly #fields = new SvelteMap<string, readonly Placed[]>()

  /** Whose carets stand in a field. */
  at(field: string): readonly Placed[] {
    return this.#fields.get(field) ?? NONE
  }

  /** All of them, as they are now. */
  take(all: readonly Placed[]): void {
    const now = new Map<string, Placed[]>([...this.#fields.keys()].map((field) => [field, []]))
    for (const one of all) {
      const field = now.get(one.caret.field)
      if (field) field.push(one)
      else now.set(one.caret.field, [one])
    }
    for (const [field, placed] of now)
      if (!alike(placed, this.#fields.get(field) ?? NONE)) this.#fields.set(field, placed)
  }
}
