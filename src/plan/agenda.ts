/**
 * What a meeting is about.
 *
 * The agenda fills itself: what was carried over, goals to look back on, new wishes, the points
 * people brought, goals that are not agreed yet. Client first, then those close to her, then who
 * cares for her; whoever leads puts it in order.
 */
import type { Card } from './cards.ts'
import { isAgreed, type GoalState } from './agreement.ts'
import { isClient, isFamily, type Person } from './people.ts'

export const ITEM_KINDS = [
  'welcome',
  'who-i-am',
  'look-back',
  'wish',
  'point',
  'goal',
  'other',
  'close',
] as const
export type ItemKind = (typeof ITEM_KINDS)[number]

export type Item = {
  id: string
  kind: ItemKind
  /** A short name; empty for the items every meeting has. */
  title: string
  goalId: string | null
  cardId: string | null
  state: 'later' | 'done' | 'parked'
  /** How long it was on the table before now. */
  seconds: number
  /** The day of the meeting it was carried over from. */
  carriedFrom: string | null
}
export type Agenda = Item[]

/** A goal as far as an agenda needs it. */
export type GoalOnAgenda = {
  id: string
  state: GoalState
  plainText: string
  /** The day on which people look back; null while no day was chosen. */
  reviewOn: string | null
  wishes: readonly string[]
}

/** A card as far as an agenda needs it. */
export type CardOnAgenda = Pick<Card, 'id' | 'kind' | 'text' | 'saidBy'>

type Matter = {
  goals: readonly GoalOnAgenda[]
  cards: readonly CardOnAgenda[]
  people: readonly Person[]
  /** The agenda of the meeting before, and its day. */
  last: { agenda: Agenda; day: string } | null
  /** What earlier meetings have dealt with: their items that are done, and the last day on which. */
  dealtWith: ReadonlyMap<string, string>
  /** The day of this meeting. */
  day: string
}

const DAYS_BEFORE = 30
const MOST = 24

/** Everything that calls for this meeting, in the order in which people would speak of it. */
export function suggest(matter: Matter): Agenda {
  const { goals, cards, people, last, dealtWith, day } = matter
  const client = people.find(isClient)?.id
  const family = new Set(people.filter(isFamily).map(({ id }) => id))
  const rank = (card: CardOnAgenda) =>
    card.saidBy === client ? 0 : card.saidBy !== null && family.has(card.saidBy) ? 1 : 2
  const inGoal = new Set(goals.flatMap(({ wishes }) => wishes))
  const carried = (last?.agenda ?? []).filter(goesAlong).map((item): Item => ({
    ...item,
    title: item.title || shortTitle(goals.find(({ id }) => id === item.goalId)?.plainText ?? ''),
    state: 'later',
    seconds: 0,
    carriedFrom: item.carriedFrom ?? last!.day,
  }))
  const lookBack = goals
    .filter((goal) => isAgreed(goal.state) && goal.reviewOn !== null)
    .filter((goal) => daysBetween(day, goal.reviewOn!) <= DAYS_BEFORE)
    .map((goal) => ({ item: ofGoal('look-back', goal), reviewOn: goal.reviewOn! }))
    // that it was looked back on half a year ago says nothing of this half year
    .filter(({ item, reviewOn }) => {
      const last = dealtWith.get(item.id)
      return last === undefined || daysBetween(last, reviewOn) > DAYS_BEFORE
    })
    .map(({ item }) => item)
  const wishes = cards
    .filter((card) => card.kind === 'wish' && !inGoal.has(card.id))
    .map((card) => ofCard('wish', card))
  const points = cards
    .filter((card) => card.kind === 'point')
    .sort((a, b) => rank(a) - rank(b))
    .map((card) => ofCard('point', card))
  const open = goals.filter((goal) => !isAgreed(goal.state)).map((goal) => ofGoal('goal', goal))
  const said = [...wishes, ...points].filter(({ id }) => !dealtWith.has(id))
  // a goal is not dealt with before it is agreed, however often it was on the table
  const found = [...lookBack, ...said, ...open].filter(({ title }) => title !== '')
  const all = [...carried, ...found]
  const each = all.filter((item, at) => at === all.findIndex(({ id }) => id === item.id))
  return [fixed('welcome'), fixed('who-i-am'), ...each.slice(0, MOST), fixed('close')]
}

/** What is new since the agenda was made, put before its end; nothing that was taken off returns. */
export function complete(agenda: Agenda, suggested: Agenda, known: ReadonlySet<string>): Agenda {
  const fresh = suggested.filter(
    ({ id, kind }) => !isFixed(kind) && !known.has(id) && !agenda.some((item) => item.id === id),
  )
  const close = agenda.findIndex(({ kind }) => kind === 'close')
  return agenda.toSpliced(close < 0 ? agenda.length : close, 0, ...fresh)
}

/** Whether an item that was not dealt with is carried over to the next meeting. */
export const goesAlong = ({ state, kind }: Item): boolean => state !== 'done' && !isFixed(kind)

export const isFixed = (kind: ItemKind): boolean =>
  kind === 'welcome' || kind === 'who-i-am' || kind === 'close'

const fixed = (kind: 'welcome' | 'who-i-am' | 'close'): Item => ({
  id: kind,
  kind,
  title: '',
  goalId: null,
  cardId: null,
  state: 'later',
  seconds: 0,
  carriedFrom: null,
})

const ofGoal = (kind: 'look-back' | 'goal', goal: GoalOnAgenda): Item => ({
  ...fixed('welcome'),
  id: `${kind}-${goal.id}`,
  kind,
  title: shortTitle(goal.plainText),
  goalId: goal.id,
})

const ofCard = (kind: 'wish' | 'point', card: CardOnAgenda): Item => ({
  ...fixed('welcome'),
  id: `${kind}-${card.id}`,
  kind,
  title: shortTitle(card.text),
  cardId: card.id,
})

/** The first words of a text: whole words, short enough for a list read from afar. */
export function shortTitle(text: string, most = 32): string {
  const words = text.normalize('NFC').trim().split(/\s+/u)
  let title = ''
  for (const word of words) {
    if (title !== '' && title.length + 1 + word.length > most) return `${title} …`
    title = title === '' ? word.slice(0, most) : `${title} ${word}`
    if (/[.?!]$/.test(word)) return title.replace(/\.$/, '')
  }
  return title
}

const daysBetween = (from: string, to: string): number =>
  (Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000

/** What an item is about, whole: its text, unless whoever led gave it a name of their own. */
export function wholeTitle(title: string, text: string): string {
  const shortened = title === '' || title.endsWith(' …') || title === shortTitle(text)
  return shortened && text !== '' ? text : title
}
