/** The words of a persoonlijk plan: what was asked, and what became of an item. */
import type { ItemOutcome } from '#plan/own-plan.ts'
import type { Question } from '#plan/preparation.ts'
import { m } from '#lib/paraglide/messages.js'

const questions: Partial<Record<Question, (who: { who: string }) => string>> = {
  now: m.prepare_now,
  good: m.prepare_good,
  different: m.prepare_different,
  about: m.prepare_about,
  who: m.prepare_who,
  'she-says': m.prepare_she_says,
  'you-think': m.prepare_you_think,
  happy: m.prepare_happy,
}
/** The question an item answers. */
export const questionWord = (question: Question, who: string): string =>
  questions[question]?.({ who }) ?? ''

const outcomes: Record<ItemOutcome, () => string> = {
  card: m.export_item_card,
  already: m.export_item_already,
  'not-followed': m.export_item_not,
}
export const outcomeWord = (outcome: ItemOutcome): string => outcomes[outcome]()
