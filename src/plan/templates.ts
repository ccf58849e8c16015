/** What a first plan can begin with: an occasion, and the questions that belong to it. */
import type { Area } from './areas.ts'

export const TEMPLATES = ['review', 'three', 'welcome', 'empty'] as const
export type Template = (typeof TEMPLATES)[number]
export const isTemplate = (value: unknown): value is Template =>
  (TEMPLATES as readonly unknown[]).includes(value)

/** A question of a form: words of the system, never of a person. */
export type Question = { id: QuestionId; area: Area | null }

/**
 * The questions of each occasion. `review`: the talk about the plan with all carers (MDO).
 * `three`: GP, social team and resident at one table. `welcome`: before somebody moves in.
 */
export const QUESTIONS = {
  review: [
    ['review_how', null],
    ['review_matters', null],
    ['review_keep', 'living'],
    ['review_change', 'living'],
    ['review_help', 'physical'],
    ['review_people', 'participation'],
    ['review_decide', 'mental'],
  ],
  three: [
    ['three_what', null],
    ['three_goes', 'living'],
    ['three_hard', 'living'],
    ['three_helper', 'participation'],
    ['three_team', 'participation'],
    ['three_gp', 'physical'],
    ['three_self', 'mental'],
  ],
  welcome: [
    ['welcome_who', null],
    ['welcome_name', null],
    ['welcome_stay', 'living'],
    ['welcome_day', 'living'],
    ['welcome_bring', 'living'],
    ['welcome_people', 'participation'],
    ['welcome_glad', 'mental'],
    ['welcome_dread', 'mental'],
    ['welcome_food', 'physical'],
  ],
  empty: [],
} as const satisfies Record<Template, readonly (readonly [string, Area | null])[]>

export type QuestionId = (typeof QUESTIONS)[Template][number][0]

export const questionsOf = (template: Template): Question[] =>
  QUESTIONS[template].map(([id, area]) => ({ id, area }))
