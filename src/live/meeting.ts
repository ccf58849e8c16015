/** A meeting as it crosses the wire: to the people of a plan, and to a screen that is nobody. */
import type { GoalState } from '#plan/agreement.ts'
import type { AnswerWord, Method } from '#plan/answers.ts'
import type { Area } from '#plan/areas.ts'
import type { Item } from '#plan/agenda.ts'
import type { Meeting, MeetingState } from '#plan/meeting.ts'
import type { PersonId } from '#plan/people.ts'
import type { Answers, Question } from '#plan/preparation.ts'
import type { Correction, Report } from '#plan/report.ts'
import type { Basis } from '#plan/voice.ts'
import type { Words } from '#plan/words.ts'
import type { CardView, Permissions, PlanPage } from './views.ts'
import type { PersonView, PlanView } from './wire.ts'

export type MeetingView = Meeting & {
  id: string
  planId: string
  /** When it is planned. */
  onAt: string
  minutes: number
  place: string
  link: string
  people: PersonId[]
  plannedBy: PersonId
  /** Counts the changes: the higher is the newer. */
  revision: number
  screens: { id: string; code: string; since: string }[]
}

/** What a big screen shows of a person: enough to know who it is, and nothing to reach them by. */
export type ScreenPerson = Pick<PersonView, 'id' | 'name' | 'role' | 'relation' | 'number' | 'kind'>

/** Words of a card or a wish on the screen, with whose they are. */
export type Saying = { text: string; saidBy: PersonId | null; basis: Basis | null }

export type ScreenAnswer = {
  personId: PersonId
  required: boolean
  answer: AnswerWord | null
  method: Method | null
  remark: string
  /** Has the words open, and has not answered yet. */
  reads: boolean
}

/** What lies on the table now; only from the shared zone. */
export type ScreenContent =
  | { kind: 'people' }
  | { kind: 'sayings'; sayings: Saying[] }
  | { kind: 'card'; card: Saying; title: string }
  | { kind: 'title'; title: string }
  | {
      kind: 'goal'
      state: GoalState
      area: Area
      words: Words
      wish: Saying | null
      answers: ScreenAnswer[]
      /** A moment; a day, where it was agreed in an earlier plan. */
      agreedAt: string | null
      trialUntil: string | null
      /** Who sees it differently, where the goal is agreed all the same or could be. */
      differs: PersonId | null
    }
  | {
      kind: 'summary'
      agreed: string[]
      open: string[]
      parked: string[]
    }

export type ScreenView =
  | { state: 'waiting'; code: string }
  | {
      state: 'showing'
      callMe: string
      people: ScreenPerson[]
      meeting: Pick<
        Meeting,
        'state' | 'chair' | 'item' | 'pointing' | 'turns' | 'minuteTaker' | 'startedAt'
      > & {
        id: string
        hands: PersonId[]
      }
      agenda: Pick<Item, 'id' | 'kind' | 'title' | 'state'>[]
      /** Who is at the table: declared, or connected. */
      here: { personId: PersonId; how: 'here' | 'remote' }[]
      absent: PersonId[]
      /** Whether the chair's own screen is connected. */
      chairConnected: boolean
      writing: PersonId[]
      content: ScreenContent
    }
  | { state: 'gone' }

/** What the page of a plan's meetings is given. */
export type MeetingPage = {
  plan: PlanView
  me: PersonId
  may: Permissions & { lead: boolean }
  /** The cards everyone may read. */
  cards: CardView[]
  meeting: MeetingView | null
  held: { id: string; onAt: string; state: MeetingState }[]
  /** Who handed something in; for who may lead also how the client says things are. */
  prepared: PersonId[]
  feeling: string | null
  /** Who wants to talk to the reader alone first; nobody else is given this. */
  calls: { id: string; from: PersonId; text: string }[]
}

/** A report with the marks of its corrections, and how people found the meeting, by kind of person. */
export type ReportView = {
  report: Report
  corrections: Correction[]
  set: { hash: string; by: PersonId; at: string } | null
  /** The mean of each of the three questions; 1 not, 2 a little, 3 yes. */
  feedback: { kind: 'client' | 'family' | 'pro'; people: number; values: number[] }[]
  /** Whether who looks has answered them, and whether the client has. */
  answered: boolean
  clientAnswered: boolean
}

/** What the page of one report is given. */
export type ReportPage = {
  plan: PlanView
  me: PersonId
  may: Permissions & { lead: boolean }
  /** Whether who looks leads the meeting. */
  chair: boolean
  onAt: string
  /** Whether it goes on now: then there is no report yet. */
  underWay: boolean
  view: ReportView
}

/** What somebody prepared; theirs alone. */
export type PreparationView = {
  answers: Answers
  cards: Record<string, string>
  /** The answers as they were handed in last. */
  handedIn: Answers
  handedInAt: string | null
}

/** What the page on which one prepares is given. */
export type PreparationPage = {
  page: PlanPage
  meeting: MeetingView | null
  /** Who is told what is better said in private. */
  carer: PersonId | null
  questions: Question[]
  mine: PreparationView | null
}
