/**
 * Whom words are laid before (domain.md §2.2): the two whose yes nobody can stand in for, who is asked
 * beside them, who is heard, and who is only told.
 */
import { clientOf, responsibleProfessional, type Person, type PersonId } from './people.ts'
import type { Refusal } from './refusals.ts'
import type { Words } from './words.ts'

/** Who is asked. Required: their yes is needed; else they are heard, or, `informed`, only told. */
export type Party = {
  personId: PersonId
  required: boolean
  informed?: boolean
  /** Came during the round: their yes is needed from the next version on. */
  next?: boolean
}

/** Who decides for the client, and the responsible professional (domain.md §2.2). */
export function mustParties(people: readonly Person[]): PersonId[] {
  const client = clientOf(people)
  const responsible = responsibleProfessional(people)
  return [client, responsible].flatMap((person) => (person ? [person.id] : []))
}

/** Who may be asked for a yes or a no at all. */
export function mayVote(person: Person): boolean {
  const voiceless = [
    'client_supporter',
    'confidant',
    'interpreter',
    'volunteer',
    'administrator',
    'care_manager',
  ]
  return person.access === 'active' && !voiceless.includes(person.role)
}

/** Who is asked beside the two who always are. */
export type Named = {
  required: readonly PersonId[]
  heard: readonly PersonId[]
  informed: readonly PersonId[]
}

/**
 * Who is asked unless somebody says otherwise: who has an action under the goal, and who was asked
 * about its words before; who came during that round is now asked for a yes.
 */
export function usualParties(
  words: Words,
  people: readonly Person[],
  before: readonly Party[] = [],
): Named {
  const there = (id: PersonId) => people.find((p) => p.id === id && p.access === 'active')
  const votes = (id: PersonId) => {
    const person = there(id)
    return person !== undefined && mayVote(person)
  }
  const ids = (parties: readonly Party[]) => parties.map(({ personId }) => personId)
  const doers = words.actions.flatMap(({ who }) => who ?? [])
  const asked = ids(before.filter(({ required, next }) => required || next === true))
  const required = [...new Set([...doers, ...asked])].filter(votes)
  const told = before.filter(({ informed }) => informed === true)
  const heard = before.filter((p) => !p.required && !p.next && !told.includes(p))
  const others = (parties: readonly Party[]) => ids(parties).filter((id) => !required.includes(id))
  return { required, heard: others(heard).filter(votes), informed: others(told).filter(there) }
}

/**
 * Whom the words are laid before.
 *
 * The client (answered by her acting representative where she cannot) and the responsible
 * professional always; beside them the people who were named, or else who is usually asked.
 */
export function partiesOf(
  words: Words,
  people: readonly Person[],
  named: Partial<Named> = usualParties(words, people),
): Party[] | Refusal {
  const required = [...new Set([...mustParties(people), ...(named.required ?? [])])]
  const heard = (named.heard ?? []).filter((id) => !required.includes(id))
  const informed = (named.informed ?? []).filter(
    (id) => !required.includes(id) && !heard.includes(id),
  )
  for (const id of [...required, ...heard, ...informed]) {
    const person = people.find((p) => p.id === id)
    if (!person) return 'unknown-person'
    if (informed.includes(id) ? person.access !== 'active' : !mayVote(person))
      return informed.includes(id) ? 'unknown-person' : 'no-vote'
  }
  return [
    ...required.map((personId) => ({ personId, required: true })),
    ...heard.map((personId) => ({ personId, required: false })),
    ...informed.map((personId) => ({ personId, required: false, informed: true })),
  ]
}
