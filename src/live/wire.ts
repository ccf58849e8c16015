/** Everything that crosses a socket, and its reading from `unknown` (design.md §5). */
import type { GoalState } from '#plan/agreement.ts'
import type { AnswerWord, Method, Reaction } from '#plan/answers.ts'
import type { Ground } from '#plan/dissent.ts'
import type { Party } from '#plan/parties.ts'
import type { Area } from '#plan/areas.ts'
import type { Mark } from '#plan/marks.ts'
import type { NoticeKind } from '#plan/notices.ts'
import type { Authority, PersonId, Role } from '#plan/people.ts'
import type { Refusal } from '#plan/refusals.ts'
import type { RemarkKind } from '#plan/remarks.ts'
import type { Basis } from '#plan/voice.ts'
import type { Zone } from '#plan/access.ts'
import type { ReviewOutcome } from '#plan/reviews.ts'
import type { Words } from '#plan/words.ts'
import type { HelpView } from './client.ts'
import type { DocumentKind } from './documents.ts'
import type { MeetingView, ScreenView } from './meeting.ts'

/** Message types on `/sync/{documentId}`: 0, 1 and 3 as in y-websocket, 10 and 11 ours. */
export const SYNC = 0
export const AWARENESS = 1
export const QUERY_AWARENESS = 3
/** varuint count, then pairs of client id and clock: these operations are durable. */
export const SAVED = 10
/** varstring reason: nothing of the update entered. */
export const REFUSED = 11

/** Close codes of `/sync`. 44xx are for good, 45xx ask to try again. */
export const CLOSE = {
  hostile: 4400,
  notSignedIn: 4401,
  noAccess: 4403,
  unknown: 4404,
  closed: 4409,
  tooLarge: 4413,
  unavailable: 4503,
  tooSlow: 4508,
  tooFast: 4529,
} as const

/** What a person's caret is in: a path of keys, e.g. `cards/abc/text`, and a relative position. */
export type Caret = { field: string; anchor: string; head: string }
/** The awareness state others see: whose it is (set by the server) and where their caret is. */
export type Presence = { person: PersonId; caret?: Caret }

/** Someone on a plan, as everyone on it may know them. */
export type PersonView = {
  id: PersonId
  key: string
  name: string
  /** How the client wants to be called. */
  callMe?: string
  role: Role
  relation: string | null
  authority: Authority
  mayConfirm: boolean
  number: number
  kind: 'client' | 'family' | 'pro'
  /** Joins from afar, not at the table itself. */
  remote: boolean
  /** The goals they were let in for, and nothing else; left out for who reads along as their seat has it. */
  goals?: string[]
}

export type DocumentView = {
  id: string
  kind: DocumentKind
  zone: Zone
  state: 'open' | 'closed'
  goalId: string | null
}

export type AnswerView = {
  partyId: PersonId
  actorId: PersonId
  answer: AnswerWord
  method: Method
  remark: string
  witnesses: PersonId[]
  reaction: Reaction | null
  version: number
  hash: string
  at: string
  /** In what ways the question was asked. */
  ways: string[]
  /** Taken over from an earlier record. */
  imported: boolean
}

/** Who sees it differently, what is written about it, and on what ground it is agreed all the same. */
export type DissentView = { personId: PersonId; text: string; by: PersonId; ground: Ground }

/** Words as they were laid before people. */
export type VersionView = { version: number; hash: string; words: Words; at: string }

/** Looking back at agreed words. */
export type ReviewView = {
  version: number | null
  on: string
  outcome: ReviewOutcome
  text: string
  /** The client's own words. */
  said: string
  by: PersonId | null
}

export type AgreedView = {
  version: number
  hash: string
  words: Words
  at: string
  /** Answers to exactly these words. */
  answers: AnswerView[]
  trialUntil: string | null
  /** The first of `dissents`. */
  dissent: { personId: PersonId; text: string; by: PersonId } | null
  dissents: DissentView[]
}

/** Words somebody proposes for a goal: late ones, or others. Private while `kept`. */
export type ProposalView = {
  documentId: string
  personId: PersonId
  words: Words
  state: 'kept' | 'sent' | 'taken' | 'withdrawn'
  at: string
}

/** A goal as the API and every screen knows it. */
export type GoalView = {
  id: string
  planId: string
  area: Area
  state: GoalState
  round: number
  /** The open draft of this round, or null while the words lie still. */
  documentId: string | null
  /** The version now presented or agreed; null while the words are being written. */
  version: number | null
  hash: string | null
  words: Words
  /** Whose words they are while they are being written; null once they lie still. */
  by: { said: PersonId[]; wrote: PersonId[] } | null
  wishes: string[]
  parties: Party[]
  /** Who was asked about the words before, while new ones are being written. */
  askedBefore: Party[]
  /** Every answer to every version, oldest first. */
  answers: AnswerView[]
  agreed: AgreedView | null
  /** Why the round does not close by itself, where it does not. */
  standing: 'waiting' | 'resisted' | 'disputed' | 'ready' | null
  trialUntil: string | null
  /** Proposals sent to the table; one's own kept words are asked for apart. */
  proposals: ProposalView[]
  /** Every version that was laid before people, oldest first. */
  versions: VersionView[]
  /** Differing views recorded in the round that is open. */
  dissents: DissentView[]
  /** What is on record beside the answers, oldest first. */
  marks: Mark[]
  reviews: ReviewView[]
  /** The day to look back has come, and nobody has yet. */
  reviewDue: boolean
  changedAt: string
}

/** Something to hear of: what happened, to which goal, whom it is about. */
export type NoticeView = {
  seq: number
  kind: NoticeKind
  goalId: string | null
  about: PersonId | null
  at: string
}

/** What somebody said about a goal or a card, beside its words. */
export type RemarkView = {
  id: string
  goalId: string | null
  documentId: string | null
  cardId: string | null
  /** Whose hand it is. */
  personId: PersonId
  saidBy: PersonId
  basis: Basis
  kind: RemarkKind
  /** The remark it answers. */
  answers: string | null
  text: string
  at: string
  /** Who said that it is dealt with. */
  resolvedBy: PersonId | null
}

export type PlanView = {
  id: string
  title: string
  client: { name: string; callMe: string; age: number | null; setting: string; about: string }
  people: PersonView[]
  documents: DocumentView[]
  goals: GoalView[]
  /** What was agreed without a goal: who does what, when. */
  standingActions: {
    id: string
    what: string
    who: PersonId | null
    when: string
    accepted: boolean | null
  }[]
}

/** Who is there, and when a goal last changed: a page that was drawn before that is read anew. */
export type Joined = { people: PersonId[]; changedAt: string | null }

/** An answer to a request over socket.io: the thing asked for, or a refusal with its sentence. */
export type Reply<T> = { ok: true; value: T } | { ok: false; refusal: Refusal; message: string }

/** Who has the words with this hash open, and has not answered to them yet. */
export type ReadingView = { goalId: string; hash: string; people: PersonId[] }

/** From the browser to the server, each acknowledged. */
export type ClientEvents = {
  /** Takes a seat at a plan's table: from here its events arrive. */
  join: (planId: string, reply: (r: Reply<Joined>) => void) => void
  /** A device that shows or keeps something of a plan: from here it hears that it changed, and when access ends. */
  watch: (planId: string, reply: (r: Reply<{ planId: string }>) => void) => void
  /** The words one has open now, while one's answer to them is asked; `null`: none. */
  reading: (body: unknown, reply: (r: Reply<null>) => void) => void
  'goal:create': (body: unknown, reply: (r: Reply<GoalView>) => void) => void
  'goal:present': (body: unknown, reply: (r: Reply<GoalView>) => void) => void
  'goal:answer': (body: unknown, reply: (r: Reply<GoalView>) => void) => void
  'goal:propose': (body: unknown, reply: (r: Reply<GoalView>) => void) => void
  'goal:withdraw': (body: unknown, reply: (r: Reply<GoalView>) => void) => void
  'goal:revise': (body: unknown, reply: (r: Reply<GoalView>) => void) => void
  'goal:dissent': (body: unknown, reply: (r: Reply<GoalView>) => void) => void
  'goal:mark': (body: unknown, reply: (r: Reply<GoalView>) => void) => void
  'goal:review': (body: unknown, reply: (r: Reply<GoalView>) => void) => void
  'meeting:step': (body: unknown, reply: (r: Reply<MeetingView>) => void) => void
  'meeting:screen': (body: unknown, reply: (r: Reply<MeetingView>) => void) => void
  'meeting:screen-away': (body: unknown, reply: (r: Reply<MeetingView>) => void) => void
  /** "Ik kom": the client's call for help is heard. */
  'help:hear': (body: unknown, reply: (r: Reply<null>) => void) => void
}

/** From the server to everyone who sits at the plan. */
export type ServerEvents = {
  /** Who is at the table now, each once however many screens they have; and who reads what they are asked. */
  here: (planId: string, people: PersonId[], reading: ReadingView[]) => void
  /** Somebody writes at a goal now. */
  writing: (planId: string, goalId: string, personId: PersonId) => void
  /** A goal was made or decided on: its newest state. */
  goal: (goal: GoalView) => void
  /** How the meeting stands: after each step in it, and when somebody takes a seat while it goes on. */
  meeting: (meeting: MeetingView) => void
  /** Documents were opened or closed, people came or went: read the plan again. */
  plan: (planId: string) => void
  /** To who watches the plan: it changed, read it anew. */
  changed: (planId: string) => void
  /** There is something new for this person to hear of: read the notices anew. */
  notice: (planId: string) => void
  /** Something was said beside the words, or dealt with: read it anew. */
  remarks: (planId: string) => void
  /** This person may not read the plan any more; or, for an interpreter, the talk is over. */
  ended: (planId: string, talkOver: boolean) => void
  /** To those who care for the client: her calls for help that nobody has heard yet. */
  help: (planId: string, calls: HelpView[]) => void
  /** Who heard her call, and comes. */
  helped: (planId: string, by: PersonId) => void
}

/** A big screen asks only this; it is nobody, and nothing else it says is heard. */
export type ScreenAsks = { show: (reply: (view: ScreenView | null) => void) => void }
export type ScreenHears = { changed: () => void }
