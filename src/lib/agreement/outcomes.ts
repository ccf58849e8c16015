/** How it went, in the words of the table. */
import { OUTCOMES, type ReviewOutcome } from '#plan/reviews.ts'
import { m } from '#lib/paraglide/messages.js'

const words: Record<ReviewOutcome, () => string> = {
  achieved: m.agreement_went_well,
  almost: m.agreement_went_almost,
  not: m.agreement_went_not,
  different: m.agreement_went_different,
}
export const outcomeWord = (outcome: ReviewOutcome): string => words[outcome]()
export { OUTCOMES }
