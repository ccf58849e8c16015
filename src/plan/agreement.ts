/**
 * How a goal comes to be agreed.
 *
 * A yes belongs to the words that were read. Every answer names the hash of those words; when the
 * words change, a new version is presented and earlier answers stay on record as answers to the
 * earlier version. A goal is agreed once every required party's latest answer to exactly these
 * words is a yes. A party who is heard can delay with a no, and is never passed over in silence.
 */
import { standsIn, type Ability } from './deciding.ts'
import {
  clientOf,
  isClient,
  isFamily,
  isProfessional,
  isRepresentative,
  type Person,
  type PersonId,
} from './people.ts'
import type { Refusal } from './refusals.ts'
import { mustParties, type Party } from './parties.ts'
import { isCodeOf } from './version-code.ts'
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

/** How a difference of view came to stand beside agreed words (domain.md §2.2). */
export const GROUNDS = ['client-persists', 'differs', 'no-answer'] as const
export type Ground = (typeof GROUNDS)[number]

/** The words laid before people, whom they are laid before, and what was answered so far. */
export type Round = {
  version: number
  hash: string
  parties: readonly Party[]
  answers: readonly Answer[]
  trialUntil: string | null
  dissent: string | null
  /** Whose view is recorded beside the words; left out: everyone's who differs. */
  dissentOf?: readonly PersonId[]
  /** Whether the client decides this goal; left out: as her footing at the table says. */
  ability?: Ability
  /** Somebody was taken off the list, and nobody has looked at the list since. */
  unchecked?: boolean
  /** When the words were laid before people. */
  presentedAt?: string
}

export type GoalState =
  | 'draft'
  | 'presented'
  | 'agreed'
  | 'agreed-on-trial'
  | 'agreed-with-dissent'
  | 'not-agreed'
  | 'expired'
  | 'revising'

export const isAgreed = (state: GoalState): boolean => state.startsWith('agreed')

const saysYes = (word: AnswerWord): boolean => word === 'yes' || word === 'yes-with-remark'

/** Whether the client decides the goal of a round. */
export const abilityOf = (round: Round, people: readonly Person[]): Ability =>
  round.ability ?? (clientOf(people)?.authority === 'self_where_possible' ? 'in-part' : 'able')

/** The answers of a party that are votes and not merely observed, oldest first. */
const votes = (answers: readonly Answer[], party: PersonId): Answer[] =>
  answers.filter(
    (a) => a.partyId === party && a.answer !== 'seen' && a.method !== 'observed_response',
  )

/** The answer of a party that counts: their latest vote. */
export const standing = (answers: readonly Answer[], party: PersonId): Answer | undefined =>
  votes(answers, party).at(-1)

/** A yes by pictures counts once it was asked twice: in two ways, or on two occasions in a row. */
export function askedTwice(answers: readonly Answer[], party: PersonId): boolean {
  const [before, last] = votes(answers, party).slice(-2)
  const now = last ?? before
  if (now?.method !== 'pictogram' || now.imported) return true
  if (new Set(now.ways?.map(fold)).size > 1) return true
  return last !== undefined && before?.method === 'pictogram' && saysYes(before.answer)
}

/** What counts as the word of a party: for a client who cannot decide this, what was said for her. */
function wordOf(round: Round, party: PersonId, people: readonly Person[]): AnswerWord | undefined {
  const unable =
    abilityOf(round, people) === 'unable' && clientOf(people)?.id === party
      ? round.answers.filter(({ method }) => method === 'on_behalf')
      : round.answers
  const given = standing(unable, party)
  if (given && saysYes(given.answer) && !askedTwice(unable, party)) return undefined
  return given?.answer
}

/** Whether a party said yes to exactly these words, in a way that counts. */
export const saidYes = (round: Round, party: PersonId, people: readonly Person[]): boolean =>
  saysYes(wordOf(round, party, people) ?? 'seen')

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

/**
 * Where a round stands.
 *
 * `disputed`: all who must have said yes, and one who is heard said no. `ready`: nothing is
 * missing, but the list of people changed, and somebody must look at it first.
 */
export type Standing =
  | 'waiting'
  | 'resisted'
  | 'disputed'
  | 'ready'
  | 'agreed'
  | 'agreed-on-trial'
  | 'agreed-with-dissent'

export function standingOf(round: Round, people: readonly Person[]): Standing {
  const ability = abilityOf(round, people)
  if (isResisted(round.answers, clientOf(people)?.id, ability)) return 'resisted'
  const yes = (party: Party) => saidYes(round, party.personId, people)
  const required = round.parties.filter((party) => party.required)
  const outcome = round.trialUntil === null ? 'agreed' : 'agreed-on-trial'
  const allYes = required.length > 0 && required.every(yes)
  const against = round.parties.filter(
    (party) =>
      !party.required && ['no', 'talk'].includes(wordOf(round, party.personId, people) ?? ''),
  )
  const checked = (now: Standing): Standing => (round.unchecked ? 'ready' : now)
  if (allYes && against.length === 0) return checked(outcome)
  if (round.dissent !== null && mustHaveSaidYes(round, people)) {
    const recorded = ({ personId }: Party) => round.dissentOf?.includes(personId) ?? true
    if (required.every((party) => yes(party) || recorded(party)) && against.every(recorded))
      return checked('agreed-with-dissent')
  }
  return allYes ? 'disputed' : 'waiting'
}

/** The two whose yes nobody can stand in for: who decides, and who answers for the care. */
export const mustHaveSaidYes = (round: Round, people: readonly Person[]): boolean =>
  mustParties(people).every((id) => saidYes(round, id, people))

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
  const witnessed = given.witnesses.some((id) => id !== actor.id && id !== party.id)
  if (method === 'verbal_recorded' && !witnessed && !given.imported) return 'witness-missing'
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

/** Days after which a party who was asked, and did not answer, no longer holds others up. */
export const AGREED_DAYS = 14

/**
 * Whether somebody's other view can be recorded beside the words, and on what ground.
 *
 * Only once the client (or who decides for her) and the responsible professional have said yes; by
 * the law her view is followed where she persists in it (Wlz 8.1.2 lid 4).
 */
export function readDissent(
  round: Round,
  personId: PersonId,
  people: readonly Person[],
  now: string,
): Ground | Refusal {
  const ability = abilityOf(round, people)
  if (isResisted(round.answers, clientOf(people)?.id, ability)) return 'resistance'
  if (!mustHaveSaidYes(round, people) || mustParties(people).includes(personId))
    return 'nothing-to-decide'
  const person = people.find(({ id }) => id === personId)
  const party = round.parties.find((p) => p.personId === personId)
  if (!person || !party) return 'nothing-to-decide'
  const word = standing(round.answers, personId)?.answer
  if (word === 'no' || word === 'talk')
    return ability !== 'unable' && isFamily(person) ? 'client-persists' : 'differs'
  if (word !== undefined || !party.required || round.presentedAt === undefined)
    return 'nothing-to-decide'
  const days = (Date.parse(now) - Date.parse(round.presentedAt)) / 86_400_000
  return days >= AGREED_DAYS ? 'no-answer' : 'nothing-to-decide'
}
