/**
 * How a goal comes to be agreed.
 *
 * A yes belongs to the words that were read. Every answer names the hash of those words; when the
 * words change, a new version is presented and earlier answers stay on record as answers to the
 * earlier version. A goal is agreed once every required party's latest answer to exactly these
 * words is a yes. A party who is heard can delay with a no, and is never passed over in silence.
 */
import {
  actingRepresentative,
  clientOf,
  isClient,
  isProfessional,
  responsibleProfessional,
  type Person,
  type PersonId,
} from './people.ts'
import type { Refusal } from './refusals.ts'
import { fold, type Words } from './words.ts'

export const ANSWERS = ['yes', 'yes-with-remark', 'no', 'talk', 'seen'] as const
export type AnswerWord = (typeof ANSWERS)[number]

/** How an answer was given (domain.md §4.4). An observed reaction is voice, never consent. */
export const METHODS = [
  'own_device',
  'shared_screen',
  'verbal_recorded',
  'pictogram',
  'on_behalf',
  'paper',
  'observed_response',
] as const
export type Method = (typeof METHODS)[number]

/** How the client reacted while someone else answered for her (Wlz 8.1.2 lid 3). */
export const REACTIONS = ['liked', 'disliked', 'no-reaction', 'not-asked'] as const
export type Reaction = (typeof REACTIONS)[number]

export type Party = { personId: PersonId; required: boolean }

export type Answer = {
  partyId: PersonId
  /** Who gave or recorded it: the signed-in person. */
  actorId: PersonId
  answer: AnswerWord
  method: Method
  remark: string
  witnesses: PersonId[]
  reaction: Reaction | null
  at: string
}

/** The words laid before people, whom they are laid before, and what was answered so far. */
export type Round = {
  version: number
  hash: string
  parties: readonly Party[]
  answers: readonly Answer[]
  trialUntil: string | null
  dissent: string | null
}

export type GoalState =
  | 'draft'
  | 'presented'
  | 'agreed'
  | 'agreed-on-trial'
  | 'agreed-with-dissent'
  | 'not-agreed'
  | 'revising'

export const isAgreed = (state: GoalState): boolean => state.startsWith('agreed')

const saysYes = (word: AnswerWord): boolean => word === 'yes' || word === 'yes-with-remark'

/** The answer of a party that counts: their latest that is a vote and not merely observed. */
export function standing(answers: readonly Answer[], party: PersonId): Answer | undefined {
  return answers.findLast(
    (a) => a.partyId === party && a.answer !== 'seen' && a.method !== 'observed_response',
  )
}

/** Whether the client resists, in behaviour, and has not since said otherwise herself (Wzd). */
export function isResisted(answers: readonly Answer[], client: PersonId | undefined): boolean {
  const last = answers.findLast(
    (a) =>
      a.partyId === client &&
      (a.method === 'observed_response' || a.actorId === client || a.reaction !== null),
  )
  if (!last) return false
  return (
    (last.method === 'observed_response' && last.answer === 'no') || last.reaction === 'disliked'
  )
}

/** Where a round stands. `disputed`: all who must have said yes, and one who is heard said no. */
export type Standing =
  'waiting' | 'resisted' | 'disputed' | 'agreed' | 'agreed-on-trial' | 'agreed-with-dissent'

export function standingOf(round: Round, people: readonly Person[]): Standing {
  if (isResisted(round.answers, clientOf(people)?.id)) return 'resisted'
  const word = (party: Party) => standing(round.answers, party.personId)?.answer
  const required = round.parties.filter((party) => party.required)
  const allYes = required.length > 0 && required.every((party) => saysYes(word(party) ?? 'seen'))
  if (round.dissent !== null && mustHaveSaidYes(round, people)) return 'agreed-with-dissent'
  if (!allYes) return 'waiting'
  const against = round.parties.some(
    (party) => !party.required && ['no', 'talk'].includes(word(party) ?? ''),
  )
  if (against) return 'disputed'
  return round.trialUntil === null ? 'agreed' : 'agreed-on-trial'
}

/** The two whose yes nobody can stand in for: who decides, and who answers for the care. */
function mustHaveSaidYes(round: Round, people: readonly Person[]): boolean {
  return mustParties(people).every((id) => {
    const given = standing(round.answers, id)
    return given !== undefined && saysYes(given.answer)
  })
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
  named?: { required?: readonly PersonId[]; heard?: readonly PersonId[] },
): Party[] | Refusal {
  const doers = words.actions.flatMap((action) => (action.who === null ? [] : [action.who]))
  const asked = named?.required ?? doers
  const required = [...new Set([...mustParties(people), ...asked])]
  const heard = (named?.heard ?? []).filter((id) => !required.includes(id))
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
  ]
}

/** What someone asks to be recorded as an answer. */
export type Given = {
  actor: Person
  party: Person
  hash: string
  answer: AnswerWord
  method: Method
  remark: string
  witnesses: readonly PersonId[]
  reaction: Reaction | null
  /** Read from an earlier record; its evidence stands there and is not asked again. */
  imported?: boolean
}

/** Whether an answer can be recorded, and if not why (the first reason that applies). */
export function readAnswer(round: Round, given: Given, people: readonly Person[]): Refusal | null {
  const { actor, party, answer, method } = given
  if (given.hash !== round.hash) return 'words-changed'
  const own = actor.id === party.id
  if (answer === 'seen') return own ? null : 'not-for-her'
  if (!round.parties.some((p) => p.personId === party.id) && method !== 'observed_response') {
    return 'not-a-party'
  }
  const forHer = mayAnswerFor(actor, party, method, people)
  if (forHer !== null) return forHer
  if (method === 'on_behalf' && given.reaction === null && !given.imported)
    return 'reaction-missing'
  const witnessed = given.witnesses.some((id) => id !== actor.id && id !== party.id)
  if (method === 'verbal_recorded' && !witnessed && !given.imported) return 'witness-missing'
  if (answer === 'yes-with-remark' && fold(given.remark) === '') return 'remark-missing'
  const explains = !isClient(party) && own && isProfessional(actor)
  if (answer === 'no' && explains && fold(given.remark) === '') return 'reason-missing'
  return null
}

/** Nobody answers for another, except where the way of answering says so and is recorded as such. */
function mayAnswerFor(
  actor: Person,
  party: Person,
  method: Method,
  people: readonly Person[],
): Refusal | null {
  switch (method) {
    case 'own_device':
      return actor.id === party.id ? null : 'not-for-her'
    case 'on_behalf':
      return isClient(party) && actingRepresentative(people)?.id === actor.id ? null : 'not-for-her'
    case 'shared_screen':
    case 'verbal_recorded':
    case 'pictogram':
    case 'paper':
      return actor.id === party.id || isProfessional(actor) ? null : 'not-for-her'
    case 'observed_response':
      return isClient(party) && actor.id !== party.id ? null : 'not-for-her'
    default:
      return method satisfies never
  }
}
