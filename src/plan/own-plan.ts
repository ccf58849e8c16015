/**
 * What becomes of a persoonlijk plan (Wlz 8.1.3 lid 2; L4).
 *
 * The client, and who is close to her, may hand in what they want before a meeting. It must be used:
 * of every item is kept what was done with it. It became a card or a goal, it was in the plan already,
 * or it is not followed, and then why. An item handed in anew is a new item; what was said about the
 * earlier words stays with those.
 */
import type { Day } from './deadlines.ts'
import { isClient, isFamily, type Person, type PersonId } from './people.ts'
import { goesTo, questionsFor, type Answers, type Question } from './preparation.ts'
import type { Refusal } from './refusals.ts'
import { fold } from './words.ts'

/** It lies on the board or became a goal; it was in the plan already; it is not followed. */
export const ITEM_OUTCOMES = ['card', 'already', 'not-followed'] as const
export type ItemOutcome = (typeof ITEM_OUTCOMES)[number]

/** One answer as it was handed in; empty words: taken back. */
export type HandedIn = {
  id: string
  meetingId: string
  personId: PersonId
  question: Question
  text: string
  /** The card it became when it was handed in. */
  cardId: string | null
}

/** What was said to become of an item, and where it is now. */
export type Becoming = {
  outcome: ItemOutcome
  cardId?: string | null | undefined
  goalId?: string | null | undefined
  reason: string
}

/** The questions whose answers are items: those that go onto a board. A professional prepares, and hands in no plan. */
export const itemQuestions = (person: Person): readonly Question[] =>
  isClient(person) || isFamily(person)
    ? questionsFor(person).filter((question) => goesTo(question, person).to === 'board')
    : []

/** What handing in adds: answers that are new or read otherwise, and those that are empty now. */
export const newItems = (
  person: Person,
  answers: Answers,
  before: readonly Pick<HandedIn, 'question' | 'text'>[],
): { question: Question; text: string }[] =>
  itemQuestions(person).flatMap((question) => {
    const was = before.findLast((one) => one.question === question)?.text ?? ''
    const text = fold(answers[question] ?? '')
    return text === was ? [] : [{ question, text }]
  })

/** The items that stand: of each question of each person the last, unless it was taken back. */
export function standingItems<T extends HandedIn>(items: readonly T[]): T[] {
  const key = (one: T) => `${one.meetingId} ${one.personId} ${one.question}`
  const last = new Map(items.map((one) => [key(one), one.id]))
  return items.filter((one) => one.text !== '' && last.get(key(one)) === one.id)
}

/** What is missing before it can be put on record; null when nothing is. */
export function lacksOf({ outcome, cardId, goalId, reason }: Becoming): Refusal | null {
  if (outcome === 'not-followed') return fold(reason) === '' ? 'reason-missing' : null
  return cardId || goalId ? null : 'link-missing'
}

/**
 * Whether nobody said yet what became of an item that was to be talked about by now. While its
 * meeting lies ahead it waits for that, and holds nothing up.
 */
export const isOpen = (
  item: { outcome: ItemOutcome | null; talkOn: Day | null },
  today: Day,
): boolean => item.outcome === null && (item.talkOn === null || item.talkOn <= today)

/** What is proposed when somebody is asked what became of an item; null where nothing is known. */
export function suggestionFor(
  item: Pick<HandedIn, 'cardId'>,
  known: {
    cards: readonly string[]
    goals: readonly { id: string; wishes: readonly string[] }[]
    notFollowed: readonly { cardId: string; reason: string }[]
  },
): Becoming | null {
  const { cardId } = item
  if (cardId === null || !known.cards.includes(cardId)) return null
  const not = known.notFollowed.find((one) => one.cardId === cardId)
  if (not) return { outcome: 'not-followed', reason: not.reason }
  const goal = known.goals.find(({ wishes }) => wishes.includes(cardId))
  return goal
    ? { outcome: 'card', goalId: goal.id, reason: '' }
    : { outcome: 'card', cardId, reason: '' }
}
