import { may, mayAdd, type Thing } from '#plan/access.ts'
import type { PersonId } from '#plan/people.ts'
import { canSpeak } from '#plan/voice.ts'
import type { Circle } from '../seats.ts'
import type { Writer } from './judge/contract.ts'
import type { Peer } from './peer.ts'

/** What one person may do in a document, in this circle. Another circle asks anew. */
export function writerIn(
  { people }: Circle,
  personId: PersonId,
  thing: Thing,
  hands: ReadonlyMap<number, PersonId | null>,
): Writer {
  const person = people.find((p) => p.id === personId)
  const asked = (act: 'write' | 'remove-any-card') =>
    person !== undefined && may(person, act, thing, people)
  return {
    personId,
    mayWrite: asked('write'),
    mayRemoveAnyCard: asked('remove-any-card'),
    mayAdd: (kind) => person !== undefined && mayAdd(person, kind, thing, people),
    ownerOf(clientId) {
      const owner = hands.get(clientId)
      return owner === null ? 'system' : owner
    },
    isPerson: (id) => people.some((p) => p.id === id),
    canSpeak(id, basis) {
      const speaker = people.find((p) => p.id === id)
      return speaker !== undefined && canSpeak(speaker, basis)
    },
  }
}

/** The writers of one document, each worked out once for as long as the circle stands. */
export class Writers {
  readonly #thing: Thing
  readonly #hands: ReadonlyMap<number, PersonId | null>
  readonly #known = new WeakMap<Peer, { circle: Circle; writer: Writer }>()

  constructor(thing: Thing, hands: ReadonlyMap<number, PersonId | null>) {
    this.#thing = thing
    this.#hands = hands
  }

  of(peer: Peer, circle: Circle): Writer {
    const known = this.#known.get(peer)
    if (known?.circle === circle) return known.writer
    const writer = writerIn(circle, peer.person.id, this.#thing, this.#hands)
    this.#known.set(peer, { circle, writer })
    return writer
  }
}
