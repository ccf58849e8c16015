/** What was set and what is proven, as their pages are given it. */
import type { GoalState } from '#plan/agreement.ts'
import type { AnswerWord, Method } from '#plan/answers.ts'
import type { Assurance } from '#plan/assurance.ts'
import type { Party } from '#plan/parties.ts'
import type { Duty as SettingDuty } from '#plan/setting.ts'
import type { Words } from '#plan/words.ts'
import type { Mark } from '#plan/marks.ts'
import type { PersonId, Role } from '#plan/people.ts'
import type { AnswerView, DissentView, PersonView, VersionView } from './wire.ts'
import type { DutiesView } from './views.ts'

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
