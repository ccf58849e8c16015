/** Who decides what at a plan, as its pages are given it. */
import type { Reaction } from '#plan/answers.ts'
import type { PersonId } from '#plan/people.ts'
import type { Ability, Decider, Judgement, Say } from '#plan/deciding.ts'
import type { Decides } from '#plan/seats.ts'
import type { EarlierRefusal } from '#plan/earlier-refusals.ts'
import type { PersonView } from './wire.ts'

/** Who decides one goal. */
export type GoalDeciding = {
  /** What was judged so far, topic by topic. */
  topics: { id: string; topic: string; able: boolean }[]
  /** The judgement it was said to fall under, `none`, or null where nobody said. */
  topic: string | null
  ability: Ability
  decides: Decider['decides']
  personId: PersonId | null
  /** Whether who looks may answer for the client. */
  standsIn: boolean
  /** What she wrote earlier that she does not want, where it bears on this goal. */
  refusals: EarlierRefusal[]
  /** That she could not say it herself, about the words before people now; null where nobody said so. */
  asked: AskedForHer | null
}

/** She could not say it herself: who judged that, what she showed, and who was asked. */
export type AskedForHer = {
  judgementId: string
  topic: string
  judgedBy: string
  on: string
  reaction: Reaction
  saw: string
  /** Who was asked; nobody where she resisted. */
  personId: PersonId | null
  askedBy: PersonId
  at: string
}

/** Who decides what at a plan, with what was judged and who stands in. */
export type DecidingView = {
  judgements: (Judgement & {
    judgeId: PersonId | null
    recordedBy: PersonId | null
    at: string
    /** Whether its day has not passed. */
    holds: boolean
  })[]
  /** The newest judgement of each topic. */
  newest: string[]
  /** What she wrote earlier that she does not want, and did not take back; null: not for who looks. */
  refusals: EarlierRefusal[] | null
  /** Who could stand in, the first first. */
  order: PersonId[]
  stances: {
    personId: PersonId
    stance: 'declines' | 'accepts' | 'pointed-out'
    recordedBy: PersonId
    text: string
    at: string
  }[]
  mayJudge: boolean
  /** Records what she refused earlier, and who stands in for her. */
  mayRecord: boolean
}

/** "Wie beslist waarover?": everyone's say at a plan. */
export type DecidingPage = {
  plan: { id: string; title: string; callMe: string }
  me: PersonId
  today: string
  /** `means`: what their seat means, as "Wie mag wat?" says it. */
  people: (PersonView & { say: Say; means: Decides | null })[]
  /** What was judged, topic by topic; null for who may not read the zone of the care. */
  deciding: DecidingView | null
}
