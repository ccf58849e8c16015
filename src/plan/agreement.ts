/**
 * How a goal comes to be agreed.
 *
 * A yes belongs to the words that were read. Every answer names the hash of those words; when the
 * words change, a new version is presented and earlier answers stay on record as answers to the
 * earlier version. A goal is agreed once every required party's latest answer to exactly these
 * words is a yes. A party who is heard can delay with a no, and is never passed over in silence.
 */
import {
  askedTwice,
  isResisted,
  saysYes,
  standing,
  type Answer,
  type AnswerWord,
} from './answers.ts'
import type { Ability } from './deciding.ts'
import { mustParties, type Party } from './parties.ts'
import { clientOf, type Person, type PersonId } from './people.ts'

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

/** Whether the client decides the goal of a round. */
export const abilityOf = (round: Round, people: readonly Person[]): Ability =>
  round.ability ?? (clientOf(people)?.authority === 'self_where_possible' ? 'in-part' : 'able')

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
