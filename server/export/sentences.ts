/** The words of a file that leaves the house: the same messages as on screen, in its language. */
import type { GoalState } from '#plan/agreement.ts'
import type { AnswerWord, Method, Reaction } from '#plan/answers.ts'
import type { Area } from '#plan/areas.ts'
import type { Ground } from '#plan/not-followed.ts'
import type { Role } from '#plan/people.ts'
import type { Basis } from '#plan/voice.ts'
import en from '../../messages/en.json' with { type: 'json' }
import exportEn from '../../messages/export.en.json' with { type: 'json' }
import exportNl from '../../messages/export.nl.json' with { type: 'json' }
import nl from '../../messages/nl.json' with { type: 'json' }
import plansEn from '../../messages/plans.en.json' with { type: 'json' }
import plansNl from '../../messages/plans.nl.json' with { type: 'json' }

export type Locale = 'nl' | 'en'

type Messages = Omit<typeof nl & typeof exportNl & typeof plansNl, '$schema'>
/** One function a message, called as on screen. */
export type Sentences = Record<keyof Messages, (inputs?: Record<string, string>) => string>

function spoken(messages: Record<string, string>): Sentences {
  const says = (sentence: string) => (inputs?: Record<string, string>) =>
    sentence.replace(/\{(\w+)\}/g, (_, name: string) => inputs?.[name] ?? '')
  const entries = Object.entries(messages).map(([key, sentence]) => [key, says(sentence)] as const)
  return Object.fromEntries(entries) as Sentences // the keys of the messages, one for one
}

const ALL: Record<Locale, Sentences> = {
  nl: spoken({ ...nl, ...exportNl, ...plansNl }),
  en: spoken({ ...en, ...exportEn, ...plansEn }),
}
export const sentences = (locale: Locale): Sentences => ALL[locale]

const dashless = (word: string) => word.replaceAll('-', '_')

export const roleWord = (role: Role, locale: Locale = 'nl'): string => ALL[locale][`role_${role}`]()
export const areaWord = (area: Area, locale: Locale = 'nl'): string => ALL[locale][`area_${area}`]()
export const basisWord = (basis: Basis, locale: Locale = 'nl'): string =>
  ALL[locale][`basis_${basis}`]()
export const methodWord = (method: Method, locale: Locale = 'nl'): string =>
  ALL[locale][`method_${method}`]()
export const answerWord = (answer: AnswerWord, locale: Locale = 'nl'): string =>
  ALL[locale][`answer_${dashless(answer) as 'yes' | 'yes_with_remark' | 'no' | 'talk' | 'seen'}`]()

const reactions = {
  liked: 'reaction_liked',
  disliked: 'reaction_disliked',
  'no-reaction': 'reaction_none',
  'not-asked': 'reaction_not_asked',
} as const satisfies Record<Reaction, keyof Messages>
export const reactionWord = (reaction: Reaction, locale: Locale = 'nl'): string =>
  ALL[locale][reactions[reaction]]()

const grounds = {
  'law-or-abilities': 'plans_ground_law',
  'good-care': 'plans_ground_care',
  others: 'plans_ground_others',
  indication: 'plans_ground_indication',
} as const satisfies Record<Ground, keyof Messages>
export const groundWord = (ground: Ground, locale: Locale = 'nl'): string =>
  ALL[locale][grounds[ground]]()

const states = {
  draft: 'state_draft',
  presented: 'state_presented',
  agreed: 'state_agreed',
  'agreed-on-trial': 'state_trial',
  'agreed-with-dissent': 'state_dissent',
  'not-agreed': 'state_not_agreed',
  expired: 'state_expired',
  revising: 'state_revising',
} as const satisfies Record<GoalState, keyof Messages>
export const stateWord = (state: GoalState, locale: Locale = 'nl'): string =>
  ALL[locale][states[state]]()
