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

/**
 * Whom the words are laid before.
 *
 * The client (answered by her acting representative where she cannot) and the responsible
 * professional always; beside them the people who were named, or else everyone who has an action
 * under the goal.
 */
export function partiesOf(
  words: Words,
  people: readonly Person[],
  named?: {
    required?: readonly PersonId[]
    heard?: readonly PersonId[]
    informed?: readonly PersonId[]
  },
): Party[] | Refusal {
  const doers = words.actions.flatMap((action) => (action.who === null ? [] : [action.who]))
  const asked = named?.required ?? doers
  const required = [...new Set([...mustParties(people), ...asked])]
  const heard = (named?.heard ?? []).filter((id) => !required.includes(id))
  const informed = (named?.informed ?? []).filter(
    (id) => !required.includes(id) && !heard.includes(id),
  )
  if (informed.some((id) => !people.some((p) => p.id === id && p.access === 'active')))
    return 'unknown-person'
  for (const id of [...required, ...heard]) {
    const person = people.find((p) => p.id === id)
    if (!person) return 'unknown-person'
    if (!mayVote(person)) {
      if (named) return 'no-vote'
    }
  }
  const voting = (id: PersonId) => mayVote(people.find((p) => p.id === id)!)
  return [
    ...required.filter(voting).map((personId) => ({ personId, required: true })),
    ...heard.map((personId) => ({ personId, required: false })),
    ...informed.map((personId) => ({ personId, required: false, informed: true })),
  ]
}
