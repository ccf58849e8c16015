/** What the client's own screens are given: what is laid before her, and nothing else of the plan. */
import type { AnswerWord } from '#plan/answers.ts'
import type { PersonId } from '#plan/people.ts'
import type { Words } from '#plan/words.ts'
import type { PersonView } from './wire.ts'

export type ClientGoal = {
  id: string
  version: number
  hash: string
  /** The short code of these words, as it stands on paper. */
  code: string
  words: Words
  /** Until which day it is tried first. */
  trialUntil: string | null
  /** What she said herself, where the goal came from it. */
  said: string | null
  /** Whether these words are now agreed. */
  agreed: boolean
  /** What she answered to these words. */
  given: { answer: AnswerWord; at: string } | null
  /** What she last answered to earlier words, and which words those were. */
  before: { answer: AnswerWord; at: string; words: Words } | null
  /** Who else is asked, and so hears what she says. */
  hears: PersonId[]
}

export type ClientPage = {
  planId: string
  callMe: string
  name: string
  client: PersonId
  /** Who sits beside her, or who answers for her care. */
  helper: PersonView | null
  /** A tablet that somebody handed her; null on her own device. */
  handedOver: boolean
  people: PersonView[]
  goals: ClientGoal[]
}

/** The client asked somebody to come. */
export type HelpView = {
  id: string
  client: string
  /** Who is with her already. */
  beside: string | null
  goal: { id: string; text: string } | null
  about: 'help' | 'change'
  at: string
}
