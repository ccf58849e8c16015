/** What pages are given by the server, so that they can be read before any script runs. */
import type { Zone } from '#plan/access.ts'
import type { Area } from '#plan/areas.ts'
import type { Card } from '#plan/cards.ts'
import type { Ground } from '#plan/not-followed.ts'
import type { Topic, TopicState } from '#plan/topics.ts'
import type { PersonId } from '#plan/people.ts'
import type { Stretch } from './attribution.ts'
import type { Ability, Decider, Judgement } from '#plan/deciding.ts'
import type { GoalView, PlanView } from './wire.ts'

/** A card with who wrote each stretch of it. */
export type CardView = Card & { stretches: Stretch[]; writers: PersonId[] }

/** One board of a plan: one zone, one document. */
export type BoardView = {
  documentId: string
  zone: Zone
  mayWrite: boolean
  /** Whether words in it can be erased for good by who looks. */
  mayErase: boolean
  /** Who can see it now. */
  readers: PersonId[]
  cards: CardView[]
}

/** What the person who looks may do, so that the screen offers nothing that would be refused. */
export type Permissions = {
  write: boolean
  createGoal: boolean
  present: boolean
  revise: boolean
  answerForClient: boolean
  decideDissent: boolean
  removeAnyCard: boolean
}

/** Client id → the person whose hand it is, per document. */
export type Writers = Record<number, PersonId>

/** What is on record beside the wishes: which are not followed and why; where the nine topics stand. */
export type DecidedView = {
  notFollowed: {
    cardId: string
    ground: Ground
    reason: string
    consulted: string
    recordedBy: PersonId
    at: string
  }[]
  topics: { topic: Topic; state: TopicState; recordedBy: PersonId; at: string }[]
}

export type PlanPage = {
  plan: PlanView
  me: PersonId
  may: Permissions
  boards: BoardView[]
  decided: DecidedView
}

/** A goal being written, as it stands now. */
export type DraftView = {
  documentId: string
  plainText: Stretch[]
  professionalText: Stretch[]
  success: Stretch[]
  reviewOn: string | null
  area: Area
  actions: { id: string; what: Stretch[]; who: PersonId | null; when: Stretch[] }[]
}

export type GoalPage = {
  plan: PlanView
  me: PersonId
  may: Permissions
  goal: GoalView
  draft: DraftView | null
  /** Who decides this; null for who may not read the zone of the care. */
  deciding: GoalDeciding | null
  /** The wishes it came from. */
  wishes: CardView[]
}

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
}
