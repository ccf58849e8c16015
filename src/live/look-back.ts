/** What the page "Terugkijken" is given: what happened, and what stood there at each moment. */
import type { Json } from '#plan/canonical.ts'
import type { PersonId } from '#plan/people.ts'
import type { Stretch } from './attribution.ts'
import type { PersonView } from './wire.ts'

/** What one person wrote in one field, in one go. */
export type ContributionView = {
  documentId: string
  goalId: string | null
  zone: string
  personId: PersonId | null
  field: string
  from: string
  to: string
  before: string
  after: string
  added: string
  saidBy: PersonId | null
  deleted: { text: string; writer: PersonId | null }[]
}

/** The words as they stood at a moment; each stretch with its hand. */
export type WordsThen = {
  text: Stretch[]
  success: string
  reviewOn: string | null
  actions: { what: string; who: PersonId | null; when: string }[]
}

export type Moment = {
  at: string
  personId: PersonId | null
  words: WordsThen | null
} & ({ wrote: ContributionView } | { event: { kind: string; body: Json } })

export type LookBackPage = {
  planId: string
  title: string
  people: PersonView[]
  goals: { id: string; text: string }[]
  /** The goal that is looked back on; null: the board. */
  goalId: string | null
  moments: Moment[]
  /** Whether the chain of what was decided holds, recomputed now. */
  holds: boolean
}
