import { untrack } from 'svelte'
import type { PersonId } from '#plan/people.ts'
import type { Caret } from '#live/wire.ts'
import { Field } from './caret-field.svelte.ts'

/** Somebody's caret on another screen. */
export type Placed = { clientId: number; person: PersonId; caret: Caret }

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
  readonly #fields = new Map<string, Field>()
  /** The fields in which a caret stands. */
  #held: readonly string[] = []

  /** Whose carets stand in a field. */
  at(field: string): readonly Placed[] {
    return this.#field(field).placed
  }

  /** All of them, as they are now. */
  take(all: readonly Placed[]): void {
    const now = new Map<string, Placed[]>(this.#held.map((field) => [field, []]))
    for (const one of all) {
      const field = now.get(one.caret.field)
      if (field) field.push(one)
      else now.set(one.caret.field, [one])
    }
    for (const [name, placed] of now) {
      const field = this.#field(name)
      if (!alike(placed, field.placed)) field.placed = placed
    }
    this.#held = [...now].flatMap(([name, placed]) => (placed.length > 0 ? [name] : []))
  }

  /** Made at its first use, and not part of what uses it: that would not hear of its changes. */
  #field(name: string): Field {
    const known = this.#fields.get(name)
    if (known) return known
    const made = untrack(() => new Field())
    this.#fields.set(name, made)
    return made
  }
}
