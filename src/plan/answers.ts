/** What somebody said to the words that were laid before them, in which way, and what of it counts. */
import type { Ability } from './deciding.ts'
import type { PersonId } from './people.ts'
import { fold } from './words.ts'

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
  /** In what ways the question was asked (pictures: twice, in two ways). */
  ways?: readonly string[]
  /** Read from an earlier record; its evidence stands there. */
  imported?: boolean
}

export const saysYes = (word: AnswerWord): boolean => word === 'yes' || word === 'yes-with-remark'

/** The answers of a party that are votes and not merely observed, oldest first. */
const votes = <A extends Answer>(answers: readonly A[], party: PersonId): A[] =>
  answers.filter(
    (a) => a.partyId === party && a.answer !== 'seen' && a.method !== 'observed_response',
  )

/** The answer of a party that counts: their latest vote. */
export const standing = <A extends Answer>(answers: readonly A[], party: PersonId): A | undefined =>
  votes(answers, party).at(-1)

/** Whether two people heard what somebody said aloud; who writes it down may be one of them. */
export const isHeard = (witnesses: readonly PersonId[], speaker: PersonId): boolean =>
  new Set(witnesses.filter((id) => id !== speaker)).size >= 2

/** A yes by pictures counts once it was asked twice: in two ways, or on two occasions in a row. */
export function askedTwice(answers: readonly Answer[], party: PersonId): boolean {
  const [before, last] = votes(answers, party).slice(-2)
  const now = last ?? before
  if (now?.method !== 'pictogram' || now.imported) return true
  if (new Set(now.ways?.map(fold)).size > 1) return true
  return last !== undefined && before?.method === 'pictogram' && saysYes(before.answer)
}

/**
 * Whether the client resists, and has not since shown or said otherwise herself (Wzd): in what she
 * does, or, where she cannot decide this, also in words.
 */
export function isResisted(
  answers: readonly Answer[],
  client: PersonId | undefined,
  ability: Ability = 'able',
): boolean {
  const voice = ({ method, answer }: Answer) =>
    ability === 'unable' && method !== 'on_behalf' && answer !== 'seen'
  const last = answers.findLast(
    (a) =>
      a.partyId === client &&
      (a.method === 'observed_response' ||
        a.actorId === client ||
        a.reaction === 'liked' ||
        a.reaction === 'disliked' || // asked nothing, or saw nothing: what she showed before stands
        voice(a)),
  )
  if (!last) return false
  const against = last.method === 'observed_response' || voice(last)
  return (against && last.answer === 'no') || last.reaction === 'disliked'
}
