/**
 * Whether an answer can be recorded.
 *
 * Nobody answers for another, except where the way of answering says so; and each way asks for what
 * makes it believable later: a witness, a reason, how the client herself reacted.
 */
import { abilityOf, type Round } from './agreement.ts'
import { isHeard, type AnswerWord, type Method, type Reaction } from './answers.ts'
import { standsIn, type Ability } from './deciding.ts'
import { isClient, isProfessional, isRepresentative, type Person, type PersonId } from './people.ts'
import type { Refusal } from './refusals.ts'
import { isCodeOf } from './version-code.ts'
import { fold } from './words.ts'

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
  /** The code on the paper that was signed, as somebody typed it over. */
  code?: string
  /** Leads a meeting that goes on, or takes its minutes. */
  keepsRecord?: boolean
  /** Read from an earlier record; its evidence stands there and is not asked again. */
  imported?: boolean
}

/** Whether an answer can be recorded, and if not why (the first reason that applies). */
export function readAnswer(round: Round, given: Given, people: readonly Person[]): Refusal | null {
  const { actor, party, answer, method } = given
  if (given.hash !== round.hash) return 'words-changed'
  const { code } = given
  if (code !== undefined && !isCodeOf(code, round.hash)) return 'words-changed'
  const own = actor.id === party.id
  const byAnother = method === 'on_behalf' || method === 'observed_response'
  if (answer === 'seen') return own && !byAnother ? null : 'not-for-her'
  const asked = round.parties.some((p) => p.personId === party.id && p.informed !== true)
  if (!asked && method !== 'observed_response') return 'not-a-party'
  const forHer = mayAnswerFor(given, abilityOf(round, people), people)
  if (forHer !== null) return forHer
  if (method === 'on_behalf' && given.reaction === null && !given.imported)
    return 'reaction-missing'
  const heard = isHeard(given.witnesses, party.id) || given.imported
  if (method === 'verbal_recorded' && !heard) return 'witness-missing'
  // what seems a yes is described; what seems a no is never held up by a missing sentence
  if (method === 'observed_response' && answer === 'yes' && !described(given))
    return 'remark-missing'
  if (answer === 'yes-with-remark' && fold(given.remark) === '') return 'remark-missing'
  const aloud = method === 'verbal_recorded' && !given.imported
  const explains = (own || aloud) && isProfessional(party)
  if (answer === 'no' && explains && fold(given.remark) === '') return 'reason-missing'
  return null
}

const described = (given: Given): boolean => given.imported === true || fold(given.remark) !== ''

/** Nobody answers for another, except where the way of answering says so and is recorded as such. */
function mayAnswerFor(
  { actor, party, method, imported, keepsRecord }: Given,
  ability: Ability,
  people: readonly Person[],
): Refusal | null {
  switch (method) {
    case 'own_device':
      return actor.id === party.id ? null : 'not-for-her'
    case 'on_behalf':
      if (!isClient(party)) return 'not-for-her'
      return standsIn(actor, ability, people) || (imported && isRepresentative(actor))
        ? null
        : 'not-for-her'
    case 'verbal_recorded':
      // who keeps the record of a meeting writes down what somebody at the table says aloud
      if (keepsRecord && !isClient(party)) return null
      return actor.id === party.id || isProfessional(actor) ? null : 'not-for-her'
    case 'shared_screen':
    case 'pictogram':
    case 'paper':
      return actor.id === party.id || isProfessional(actor) ? null : 'not-for-her'
    case 'observed_response':
      return isClient(party) && actor.id !== party.id ? null : 'not-for-her'
    default:
      return method satisfies never
  }
}
