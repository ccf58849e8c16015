/** Looking back at agreed words together: did it work, and what does the client say about it? */
import type { Refusal } from './refusals.ts'
import { fold, type Words } from './words.ts'

export const OUTCOMES = ['achieved', 'almost', 'not', 'different'] as const
export type ReviewOutcome = (typeof OUTCOMES)[number]

/** What an imported record calls it (FHIR goal-achievement) → what people at the table say. */
const IMPORTED: Record<string, ReviewOutcome> = {
  achieved: 'achieved',
  sustaining: 'achieved',
  improving: 'almost',
  'in-progress': 'almost',
  'no-change': 'not',
  worsening: 'not',
  'not-achieved': 'not',
  'not-attainable': 'not',
}

export const outcomeOf = (word: string): ReviewOutcome =>
  OUTCOMES.find((one) => one === word) ?? IMPORTED[word] ?? 'different'

export type Review = {
  version: number | null
  on: string
  outcome: ReviewOutcome
  /** What people saw and found. */
  text: string
  /** The client's own words. */
  said: string
}

/** Whether a review can be recorded: of agreed words, with something seen or said. */
export function readReview(
  agreed: boolean,
  { text, said }: Pick<Review, 'text' | 'said'>,
): Refusal | null {
  if (!agreed) return 'nothing-agreed'
  return fold(text) === '' && fold(said) === '' ? 'no-words' : null
}

/** Agreed words as far as looking back goes. */
export type Agreed = { version: number; words: Words; trialUntil: string | null }

/** The day on which to ask: how did it go? A try-out ends on its own day. */
export const askOn = ({ words, trialUntil }: Agreed): string | null => trialUntil ?? words.reviewOn

/** Whether people should look back at agreed words now: their day has come, and nobody has yet. */
export function isReviewDue(
  agreed: Agreed,
  reviews: readonly Pick<Review, 'version' | 'on'>[],
  today: string,
): boolean {
  const day = askOn(agreed)
  if (day === null || day > today) return false
  return !reviews.some(
    (review) => review.on >= day && (review.version ?? agreed.version) === agreed.version,
  )
}
