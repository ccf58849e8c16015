/**
 * When a plan can be set (vastgesteld).
 *
 * The law names what must be in it (Wlz 8.1.1 lid 1): goals for a period and how people try to reach
 * them, who is responsible for what and whom the client can address, how she wants to live, and when
 * people look back. What was handed in as a persoonlijk plan must have been used (8.1.3 lid 2). A goal
 * that is still talked about does not hold it up; it is named as such.
 */
import { addMonths, REVIEW_EVERY_MONTHS, type Day } from './deadlines.ts'
import type { Words } from './words.ts'

export const DUTIES = ['goals', 'period', 'who', 'contact', 'living', 'own-plan', 'review'] as const
export type Duty = (typeof DUTIES)[number]

export type PlanNow = {
  /** The words that are in force. */
  agreed: readonly Words[]
  /** Whether somebody answers for the plan, whom the client can address. */
  contact: boolean
  /** Cards of the life story and of wishes that everyone reads. */
  living: number
  /** Items of a persoonlijk plan of which nobody said what became of them. */
  ownPlanOpen: number
  /** The day on which everyone looks back at the whole plan. */
  reviewOn: Day | null
}

/** Whether words say no day to look back. */
export const lacksPeriod = ({ reviewOn }: Words): boolean => reviewOn === null
/** Whether nobody does anything for these words. */
export const lacksDoer = ({ actions }: Words): boolean => !actions.some(({ who }) => who !== null)

/** What must be there before the plan can be set, in the order of the law. */
export function missingDuties(plan: PlanNow, today: Day): Duty[] {
  const missing: Duty[] = []
  if (plan.agreed.length === 0) missing.push('goals')
  else {
    if (plan.agreed.some(lacksPeriod)) missing.push('period')
    if (plan.agreed.some(lacksDoer)) missing.push('who')
  }
  if (!plan.contact) missing.push('contact')
  if (plan.living === 0) missing.push('living')
  if (plan.ownPlanOpen > 0) missing.push('own-plan')
  const { reviewOn } = plan
  if (reviewOn === null || reviewOn <= today || reviewOn > addMonths(today, REVIEW_EVERY_MONTHS))
    missing.push('review')
  return missing
}
