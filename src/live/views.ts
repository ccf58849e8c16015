/** What pages are given by the server, so that they can be read before any script runs. */
import type { Zone } from '#plan/access.ts'
import type { GoalState } from '#plan/agreement.ts'
import type { AnswerWord, Method, Reaction } from '#plan/answers.ts'
import type { Assurance } from '#plan/assurance.ts'
import type { Party } from '#plan/parties.ts'
import type { Nearness } from '#plan/deadlines.ts'
import type { Duty as SettingDuty } from '#plan/setting.ts'
import type { Words } from '#plan/words.ts'
import type { Area } from '#plan/areas.ts'
import type { Card } from '#plan/cards.ts'
import type { Ground } from '#plan/not-followed.ts'
import type { Mark } from '#plan/marks.ts'
import type { Topic, TopicState } from '#plan/topics.ts'
import type { PersonId, Role } from '#plan/people.ts'
import type { Stretch } from './attribution.ts'
import type { Ability, Decider, Judgement, Say } from '#plan/deciding.ts'
import type { Decides } from '#plan/seats.ts'
import type { EarlierRefusal } from '#plan/earlier-refusals.ts'
import type { News } from './news.ts'
import type {
  AnswerView,
  DissentView,
  GoalView,
  PersonView,
  PlanView,
  RemarkView,
  VersionView,
} from './wire.ts'

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

/** The plan as it was set: what everyone at the table may read of it, word for word. */
export type SetVersion = {
  version: number
  hash: string
  /** Recomputed just now: the content is what its hash says. */
  holds: boolean
  content: {
    planId: string
    version: number
    setAt: string
    setBy: PersonId
    reviewOn: string
    /** The hash of what stands in the zone of the care and the client. */
    care: string
    client: { name: string; callMe: string }
    contact: PersonId | null
    people: { id: PersonId; name: string; role: Role; relation: string | null }[]
    cards: {
      kind: string
      area: string | null
      text: string
      saidBy: PersonId | null
      basis: string | null
    }[]
    goals: {
      id: string
      state: GoalState
      version: number
      hash: string
      words: Words
      agreedAt: string
      trialUntil: string | null
      answers: {
        partyId: PersonId
        actorId: PersonId
        answer: AnswerWord
        method: Method
        remark: string
        at: string
      }[]
      dissents: { personId: PersonId; text: string }[]
      statements: { personId: PersonId | null; text: string }[]
    }[]
    open: { id: string; area: string; text: string; state: GoalState }[]
    standing: { what: string; who: PersonId | null; when: string }[]
  }
  copies: {
    personId: PersonId
    way: 'screen' | 'paper' | 'mail' | 'read-aloud'
    byId: PersonId
    at: string
  }[]
}

/** Setting a plan: what is missing, the days of the law, and what was set. */
export type SetPage = {
  plan: { id: string; title: string; callMe: string }
  people: PersonView[]
  me: PersonId
  mayExport: boolean
  maySet: boolean
  missing: SettingDuty[]
  /** The agreed goals that lack a day, or somebody who does something. */
  lacking: Record<'period' | 'who', { id: string; text: string }[]>
  /** The items of a persoonlijk plan, and those of which nobody said what became of them. */
  ownPlan: { all: number; open: number }
  /** How many goals are still talked about. */
  open: number
  today: string
  /** The day to look back that the law asks for at the latest. */
  usual: string
  deadlines: DutiesView['deadlines']
  versions: SetVersion[]
}

/** The proof of one goal: all that was said to it, and whether every hash holds. */
export type GoalProof = {
  planId: string
  goalId: string
  /** What does not hold, or null when everything does. */
  fault: string | null
  events: number
  checkedAt: string
  versions: (VersionView & { by: PersonId; parties: Party[]; trialUntil: string | null })[]
  answers: (AnswerView & { assurance: Assurance; sentence: string })[]
  /** Differing views on record, each beside the version it belongs to. */
  dissents: (DissentView & { version: number })[]
  marks: Mark[]
  chain: {
    seq: number
    at: string
    kind: string
    actorId: PersonId | null
    previous: string
    hash: string
  }[]
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
