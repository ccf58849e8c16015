/**
 * Preparing a meeting (domain.md §4.2): a few questions, one at a time, each in plain words.
 *
 * A client says what she wants; a relative says apart what she would say herself and what they
 * think; a professional looks back. What is handed in lies on the board on its own ground. What is
 * better said in private first goes to the primary carer as a call, and never onto a board.
 */
import type { CardKind } from './cards.ts'
import { daysBetween, type Day } from './deadlines.ts'
import { isClient, isFamily, type Person } from './people.ts'
import type { Basis } from './voice.ts'
import { fold } from './words.ts'

export const CLIENT_QUESTIONS = ['feeling', 'now', 'good', 'different', 'about', 'who'] as const
export const FAMILY_QUESTIONS = [
  'she-says',
  'you-think',
  'happy',
  'load',
  'about',
  'alone',
] as const
export const PRO_QUESTIONS = ['looking-back', 'first', 'second'] as const
export type Question =
  | (typeof CLIENT_QUESTIONS)[number]
  | (typeof FAMILY_QUESTIONS)[number]
  | (typeof PRO_QUESTIONS)[number]

export const questionsFor = (person: Person): readonly Question[] =>
  isClient(person) ? CLIENT_QUESTIONS : isFamily(person) ? FAMILY_QUESTIONS : PRO_QUESTIONS

/** Where an answer goes: onto a board as a card, to the primary carer alone, or nowhere further. */
export type Goes =
  | { to: 'board'; zone: 'shared' | 'care'; kind: CardKind; basis: Basis }
  | { to: 'carer' }
  | { to: 'meeting' }

export function goesTo(question: Question, person: Person): Goes {
  const own: Basis = isClient(person)
    ? 'own_words'
    : isFamily(person)
      ? 'proxy_own_view'
      : 'professional_view'
  switch (question) {
    case 'feeling':
      return { to: 'meeting' }
    case 'now':
    case 'different':
      return { to: 'board', zone: 'shared', kind: 'wish', basis: own }
    case 'good':
    case 'about':
    case 'you-think':
    case 'looking-back':
    case 'first':
    case 'second':
      return { to: 'board', zone: 'shared', kind: 'point', basis: own }
    case 'who':
      return { to: 'board', zone: 'care', kind: 'point', basis: own }
    case 'she-says':
      return { to: 'board', zone: 'shared', kind: 'wish', basis: 'proxy_as_client' }
    case 'happy':
      return { to: 'board', zone: 'shared', kind: 'observation', basis: 'observed' }
    case 'load':
    case 'alone':
      return { to: 'carer' }
    default:
      return question satisfies never
  }
}

/** The card an answer became when it was handed in, as it lies on the board now. */
export type LaidCard = {
  text: string
  /** Every word of it is its writer's. */
  own: boolean
  /** Something was made of it: a goal comes from it, or it was decided on. */
  built: boolean
}

/**
 * What happens on the board when an answer is handed in anew.
 *
 * Its card follows, as long as it still says what was handed in and nothing was made of it. Words
 * that were changed on the board are later than the form knows, also when they are the writer's own:
 * they stand, as does what others built on, and a new answer lies beside it. So do words whose card
 * went elsewhere.
 *
 * @param handedIn the answer as it was handed in last; null where it never became a card
 */
export function followOf(
  answer: string,
  card: LaidCard | null,
  handedIn: string | null,
): 'nothing' | 'add' | 'rewrite' | 'remove' {
  const text = fold(answer)
  const last = fold(handedIn ?? '')
  if (card !== null && text === fold(card.text)) return 'nothing'
  if (text === last) return 'nothing'
  if (card !== null && card.own && !card.built && fold(card.text) === last)
    return text === '' ? 'remove' : 'rewrite'
  return text === '' ? 'nothing' : 'add'
}

/** The days a client has to make a plan of her own before a meeting (Wlz 8.1.1 lid 3; L3). */
export const OWN_PLAN_DAYS = 7

/** Whether a meeting on this day leaves the client her time, when she is told today. */
export const leavesTime = (today: Day, on: Day): boolean => daysBetween(today, on) >= OWN_PLAN_DAYS

export type Answers = Partial<Record<Question, string>>
