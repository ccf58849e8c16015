/** The words of the occasions a plan can begin with, and of their questions. */
import { questionsOf, type QuestionId, type Template } from '#plan/templates.ts'
import type { Area } from '#plan/areas.ts'
import { m } from '#lib/paraglide/messages.js'

const templates: Record<Template, [name: () => string, about: () => string]> = {
  review: [m.plans_template_review, m.plans_template_review_about],
  three: [m.plans_template_three, m.plans_template_three_about],
  welcome: [m.plans_template_welcome, m.plans_template_welcome_about],
  empty: [m.plans_template_empty, m.plans_template_empty_about],
}
export const templateWord = (template: Template): string => templates[template][0]()
export const templateAbout = (template: Template): string => templates[template][1]()

const questions: Record<QuestionId, () => string> = {
  review_how: m.plans_q_review_how,
  review_matters: m.plans_q_review_matters,
  review_keep: m.plans_q_review_keep,
  review_change: m.plans_q_review_change,
  review_help: m.plans_q_review_help,
  review_people: m.plans_q_review_people,
  review_decide: m.plans_q_review_decide,
  three_what: m.plans_q_three_what,
  three_goes: m.plans_q_three_goes,
  three_hard: m.plans_q_three_hard,
  three_helper: m.plans_q_three_helper,
  three_team: m.plans_q_three_team,
  three_gp: m.plans_q_three_gp,
  three_self: m.plans_q_three_self,
  welcome_who: m.plans_q_welcome_who,
  welcome_name: m.plans_q_welcome_name,
  welcome_stay: m.plans_q_welcome_stay,
  welcome_day: m.plans_q_welcome_day,
  welcome_bring: m.plans_q_welcome_bring,
  welcome_people: m.plans_q_welcome_people,
  welcome_glad: m.plans_q_welcome_glad,
  welcome_dread: m.plans_q_welcome_dread,
  welcome_food: m.plans_q_welcome_food,
}

/** The questions of a template in the language of who reads. */
export const askedIn = (template: Template): { text: string; area: Area | null }[] =>
  questionsOf(template).map(({ id, area }) => ({ text: questions[id](), area }))
