/** A persoonlijk plan as people read it: each item as it was handed in, and what became of it. */
import type { Becoming, ItemOutcome } from '#plan/own-plan.ts'
import type { PersonId } from '#plan/people.ts'
import type { Question } from '#plan/preparation.ts'
import type { PersonView } from './wire.ts'

export type ItemOutcomeView = {
  outcome: ItemOutcome
  cardId: string | null
  goalId: string | null
  /** The words of the card or the goal; null where it is there no more, or not to be read by who looks. */
  where: string | null
  reason: string
  decidedBy: PersonId
  at: string
}

export type OwnPlanItem = {
  id: string
  meetingId: string
  personId: PersonId
  question: Question
  text: string
  at: string
  /** The day of the meeting it waits for; null once that is over. */
  talkOn: string | null
  /** Whether it was to be talked about by now, and nobody said what became of it. */
  open: boolean
  /** What was said to become of it, the first first; the last holds. */
  outcomes: ItemOutcomeView[]
  /** What is proposed to who decides; null where nothing is known. */
  suggestion: Becoming | null
}

export type OwnPlanPage = {
  plan: { id: string; title: string; callMe: string }
  me: PersonId
  /** Whether who looks may say what became of an item. */
  mayDecide: boolean
  people: PersonView[]
  items: OwnPlanItem[]
  /** Where an item can have gone, for who may decide. */
  cards: { id: string; text: string }[]
  goals: { id: string; text: string }[]
}
