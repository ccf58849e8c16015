/** Taking words to another zone: who may, and who will see them from then on, or no longer. */
import { may, mayAdd, type Thing } from './access.ts'
import type { CardKind } from './cards.ts'
import { clientOf, type Person, type PersonId } from './people.ts'
import { readersOf } from './seats.ts'

/** What the rule must know of a card. */
export type Moving = { kind: CardKind; saidBy: PersonId | null; writers: readonly PersonId[] }

/**
 * Whether somebody may take a card from one zone to another.
 *
 * It goes away in one place and appears in another, so it takes the right to both. What the client
 * said in confidence goes no further but by herself; what others wrote goes into nobody's drawer.
 */
export function mayMove(
  person: Person,
  card: Moving,
  from: Thing,
  to: Thing,
  people: readonly Person[],
): boolean {
  if (from.zone === to.zone && from.owner === to.owner) return false
  if (!may(person, 'write', from, people) || !mayAdd(person, card.kind, to, people)) return false
  const own = card.writers.length > 0 && card.writers.every((id) => id === person.id)
  if (to.zone === 'draft') return own
  const hers = card.saidBy === clientOf(people)?.id
  if (from.zone === 'client' && hers && person.role !== 'client') return false
  return own || from.zone === 'draft' || may(person, 'remove-any-card', from, people)
}

/** Who sees it from then on, and who no longer does. */
export function sightOf<P extends Person>(from: Thing, to: Thing, people: readonly P[]) {
  const [before, after] = [from, to].map((thing) =>
    readersOf(thing.zone, people, thing.owner ?? null),
  ) as [P[], P[]]
  return {
    gain: after.filter((one) => !before.includes(one)),
    lose: before.filter((one) => !after.includes(one)),
  }
}
