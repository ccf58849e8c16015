/**
 * Who decides what.
 *
 * Everybody is presumed able to decide. That somebody is not is judged for one topic, by who is
 * competent, until it is judged anew (Wlz 8.1.3 lid 3); never for a person as a whole. Where she
 * cannot decide, one person stands in for her, the first in the legal order who takes it up.
 */
import { clientOf, isClient, isRepresentative, representatives, type Person } from './people.ts'
import { fold } from './words.ts'

/** What was judged about one topic. */
export type Judgement = {
  id: string
  topic: string
  /** The one goal it is about; null or left out: every goal that falls under the topic. */
  goalId?: string | null
  able: boolean
  /** Name and profession of who judged, as it stands in the record. */
  judgedBy: string
  /** Why she can, or cannot, decide this. */
  reason: string
  on: string
  /** The day until which it holds; null where none was named. */
  reviewOn: string | null
}

/** `in-part`: there are topics she cannot decide, and nobody said whether this is one of them. */
export type Ability = 'able' | 'unable' | 'in-part'

/** The topic of a goal was looked at, and the client decides it. */
export const OWN_DECISION = 'none'

const same = (topic: string): string => fold(topic).toLowerCase()

const about = ({ topic, goalId }: Judgement): string => `${goalId ?? ''} ${same(topic)}`

/** The newest judgement of each topic, and of each goal that was judged apart. */
export function newest<J extends Judgement>(judgements: readonly J[]): J[] {
  const last = new Map(judgements.map((judgement) => [about(judgement), judgement]))
  return judgements.filter((judgement) => last.get(about(judgement)) === judgement)
}

/** Whether a judgement can bear on a goal: what was judged about one goal counts for no other. */
export const bearsOn = ({ goalId }: Pick<Judgement, 'goalId'>, goal: string): boolean =>
  goalId == null || goalId === goal

/** Whether a judgement still holds: once its day has passed she is presumed able again. */
export const holds = (judgement: Judgement, today: string): boolean =>
  judgement.reviewOn === null || judgement.reviewOn >= today

/** The judgements on which somebody else may decide today. */
export const unableNow = (judgements: readonly Judgement[], today: string): Judgement[] =>
  newest(judgements).filter((judgement) => !judgement.able && holds(judgement, today))

/** The judgements on which somebody else may decide this goal today. */
export const unableFor = (
  goalId: string,
  judgements: readonly Judgement[],
  today: string,
): Judgement[] => unableNow(judgements, today).filter((one) => bearsOn(one, goalId))

/**
 * Whether the client decides a goal herself.
 *
 * @param goal with the judgement it was said to fall under: `none`, or null where nobody said
 */
export function abilityFor(
  { goalId, topic }: { goalId: string; topic: string | null },
  judgements: readonly Judgement[],
  today: string,
): Ability {
  if (topic === OWN_DECISION) return 'able'
  const unable = unableFor(goalId, judgements, today)
  if (topic === null) return unable.length > 0 ? 'in-part' : 'able'
  const named = judgements.find(({ id }) => id === topic)
  return unable.some((one) => named && about(one) === about(named)) ? 'unable' : 'able'
}

/** Who decides; `nobody`: the client cannot, and there is no one to stand in. Ask for a mentor. */
export type Decider = { decides: 'client' | 'representative' | 'nobody'; person: Person | null }

export function decisionMaker(ability: Ability, people: readonly Person[]): Decider {
  if (ability !== 'unable') return { decides: 'client', person: clientOf(people) ?? null }
  const [first] = representatives(people)
  return first ? { decides: 'representative', person: first } : { decides: 'nobody', person: null }
}

/**
 * Whether somebody may answer for the client: the first in the legal order, where it was judged
 * that she cannot decide, or where she cannot decide some topics and nobody said this is none.
 */
export const standsIn = (person: Person, ability: Ability, people: readonly Person[]): boolean =>
  ability !== 'able' && representatives(people)[0]?.id === person.id

/** Where somebody stands when the client cannot decide; `as-seated`: they do not decide for her. */
export type Say = 'decides' | 'stands-in' | 'next-in-line' | 'declined' | 'as-seated'

export function sayOf(person: Person, people: readonly Person[]): Say {
  if (isClient(person)) return 'decides'
  if (!isRepresentative(person)) return 'as-seated'
  if (person.declines) return 'declined'
  return representatives(people)[0]?.id === person.id ? 'stands-in' : 'next-in-line'
}
