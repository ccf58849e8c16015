/** What pages are given by the server, so that they can be read before any script runs. */
import type { Zone } from '#plan/access.ts'
import type { Nearness } from '#plan/deadlines.ts'
import type { Area } from '#plan/areas.ts'
import type { Card } from '#plan/cards.ts'
import type { Ground } from '#plan/not-followed.ts'
import type { Topic, TopicState } from '#plan/topics.ts'
import type { PersonId } from '#plan/people.ts'
import type { Stretch } from './attribution.ts'
import type { News } from './news.ts'
import type { GoalView, PlanView, RemarkView } from './wire.ts'
import type { GoalDeciding } from './deciding.ts'

/** A card with who wrote each stretch of it. */
export type CardView = Card & {
  stretches: Stretch[]
  writers: PersonId[]
  /** All of its words were taken over from an earlier plan. */
  imported: boolean
  /** What others did to it since the reader last looked. */
  news: News | null
}

/** A therapist's own part of the care zone. */
export type PartView = {
  /** Whose it is; also of a therapist who left. */
  name: string
  /** Who looks was let in to it. */
  letIn: boolean
  /** To whom who looks can open it, and close it again. */
  mayLetIn: PersonId[]
  mayEnd: PersonId[]
}

/** One board of a plan: one zone, one document. */
export type BoardView = {
  documentId: string
  zone: Zone
  /** Whose it is: of a draft its writer, of a part of the care zone its therapist; else null. */
  owner: PersonId | null
  /** Of a therapist's part of the care zone; else null. */
  part: PartView | null
  mayWrite: boolean
  /** Whether words in it can be erased for good by who looks. */
  mayErase: boolean
  /** Who can see it now. */
  readers: PersonId[]
  cards: CardView[]
  /** The client ids whose words were taken over from an earlier plan. */
  imported: number[]
  /** How far the reader had read it: a state vector in base64; null: never before. */
  since: string | null
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
  addObservation: boolean
  addPoint: boolean
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

/** What the law asks of a plan now, for who can act on it. */
export type DutiesView = {
  deadlines: { duty: 'set' | 'review'; by: string; article: string; near: Nearness }[]
  /** How many of the nine topics are still to be talked about. */
  topics: number
  /** Items of a persoonlijk plan, and those of which nobody said what became of them (L4). */
  ownPlan: { all: number; open: number }
  /** The meeting that is planned: its day, and the day on which the law's two lines were told. */
  meeting: { on: string; told: string | null } | null
}

/** A photo beside a card of the life story; the picture itself is fetched. */
export type PhotoView = {
  documentId: string
  cardId: string
  by: PersonId
  alt: string
  hash: string
  width: number
  height: number
}

export type PlanPage = {
  plan: PlanView
  me: PersonId
  may: Permissions
  boards: BoardView[]
  decided: DecidedView
  /** Goals on which others decided something since the reader last looked. */
  newGoals: string[]
  remarks: RemarkView[]
  photos: PhotoView[]
}

/** A goal being written, as it stands now. */
export type DraftView = {
  documentId: string
  /** The client ids whose words were taken over from an earlier plan. */
  imported: number[]
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
  /** Wishes on the board it does not come from yet. */
  otherWishes: CardView[]
  remarks: RemarkView[]
}
