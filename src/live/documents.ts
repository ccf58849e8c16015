/** The shape of every live document (design.md §3), and how to read it. Root types only. */
import * as Y from 'yjs'
import { isArea, type Area } from '#plan/areas.ts'
import {
  isCardKind,
  isOften,
  isSight,
  type Card,
  type CardKind,
  type Often,
  type Sight,
} from '#plan/cards.ts'
import type { PersonId } from '#plan/people.ts'
import { isBasis, type Basis } from '#plan/voice.ts'
import { normalise, type Action, type Words } from '#plan/words.ts'

export const DOCUMENT_KINDS = ['board', 'goal', 'draft'] as const
export type DocumentKind = (typeof DOCUMENT_KINDS)[number]

/** The root maps of each kind of document; nothing else may appear. */
export const ROOTS: Record<DocumentKind, readonly string[]> = {
  board: ['cards', 'order'],
  draft: ['cards', 'order'],
  goal: ['goal', 'actions', 'order'],
}

/** What one key of a map may hold. */
export type Field =
  | 'text' // a Y.Text, made once and never replaced
  | 'card-kind'
  | 'area'
  | 'person'
  | 'basis'
  | 'day' // `YYYY-MM-DD`
  | 'order' // a fractional index
  | 'wishes' // ids of the cards a goal came from
  | 'id' // of a card or a goal
  | 'sight' // how something seen was taken
  | 'often'

/** The keys of one card: `cards[id]`. */
export const CARD_FIELDS: Record<string, Field> = {
  kind: 'card-kind',
  area: 'area',
  text: 'text',
  saidBy: 'person',
  basis: 'basis',
  reaction: 'sight',
  when: 'text',
  often: 'often',
  because: 'text',
  about: 'id',
  pair: 'id',
  corrects: 'id',
}

/** The keys of `goal`. The three texts are there from the start. */
export const GOAL_FIELDS: Record<string, Field> = {
  area: 'area',
  plainText: 'text',
  professionalText: 'text',
  success: 'text',
  reviewOn: 'day',
  saidBy: 'person',
  basis: 'basis',
  wishes: 'wishes',
}

/** The keys of one action: `actions[id]`. */
export const ACTION_FIELDS: Record<string, Field> = { what: 'text', who: 'person', when: 'text' }

/** The one formatting allowed in a text: who said this stretch, and on what basis. */
export const VOICE = 'voice'

export const isDay = (value: unknown): value is string =>
  typeof value === 'string' &&
  /^\d{4}-\d{2}-\d{2}$/.test(value) &&
  !Number.isNaN(Date.parse(`${value}T00:00:00Z`))

type Fields = Y.Map<unknown>
const text = (fields: Fields, key: string): Y.Text | null => {
  const found = fields.get(key)
  return found instanceof Y.Text ? found : null
}
const plain = (fields: Fields, key: string): string => text(fields, key)?.toString() ?? ''
const word = (value: unknown): string | null => (typeof value === 'string' ? value : null)
const person: (value: unknown) => PersonId | null = word

/** The maps of a board or draft document. */
export const boardOf = (doc: Y.Doc) => ({
  cards: doc.getMap<Fields>('cards'),
  order: doc.getMap<string>('order'),
})

/** The maps of a goal document. */
export const goalOf = (doc: Y.Doc) => ({
  goal: doc.getMap<unknown>('goal'),
  actions: doc.getMap<Fields>('actions'),
  order: doc.getMap<string>('order'),
})

/** Ids in the order people gave them; ids without a place come last, in order of their id. */
export function inOrder(ids: Iterable<string>, order: Y.Map<string>): string[] {
  const place = (id: string) => {
    const index = order.get(id)
    return typeof index === 'string' ? `0${index}` : '1'
  }
  return [...ids].sort((a, b) => {
    const [pa, pb] = [place(a), place(b)]
    if (pa !== pb) return pa < pb ? -1 : 1
    return a < b ? -1 : a > b ? 1 : 0
  })
}

/** One card as people see it; null when it is not (yet) a card. */
export function readCard(id: string, fields: unknown): Card | null {
  if (!(fields instanceof Y.Map)) return null
  const map = fields as Fields
  const [kind, area, basis] = [map.get('kind'), map.get('area'), map.get('basis')]
  const [reaction, often] = [map.get('reaction'), map.get('often')]
  if (!isCardKind(kind) || text(map, 'text') === null) return null
  return {
    id,
    kind,
    area: isArea(area) ? area : null,
    text: plain(map, 'text'),
    saidBy: person(map.get('saidBy')),
    basis: isBasis(basis) ? basis : null,
    about: word(map.get('about')),
    reaction: isSight(reaction) ? reaction : null,
    when: plain(map, 'when'),
    often: isOften(often) ? often : null,
    because: plain(map, 'because'),
    pair: word(map.get('pair')),
    corrects: word(map.get('corrects')),
  }
}

/** Every card of a board or draft, in order. */
export function readCards(doc: Y.Doc): Card[] {
  const { cards, order } = boardOf(doc)
  return inOrder(cards.keys(), order).flatMap((id) => readCard(id, cards.get(id)) ?? [])
}

/** The text of a card, to bind a field to; null when the card is gone. */
export function cardText(doc: Y.Doc, id: string): Y.Text | null {
  const fields = boardOf(doc).cards.get(id)
  return fields instanceof Y.Map ? text(fields, 'text') : null
}

export type NewCard = {
  id: string
  kind: CardKind
  area: Area | null
  text: string
  saidBy: PersonId
  basis: Basis
  /** Its place: a fractional index. */
  order: string
  about?: string | null
  pair?: string | null
  corrects?: string | null
  reaction?: Sight | null
  often?: Often | null
  when?: string
  because?: string
}

const SHORT = ['about', 'pair', 'corrects', 'reaction', 'often'] as const
const LONG = ['when', 'because'] as const

/** Puts a card on a board in one transaction. `id` is new and unguessable. */
export function addCard(doc: Y.Doc, card: NewCard): void {
  const { cards, order } = boardOf(doc)
  doc.transact(() => {
    const fields = new Y.Map<unknown>()
    fields.set('kind', card.kind)
    if (card.area !== null) fields.set('area', card.area)
    fields.set('saidBy', card.saidBy)
    fields.set('basis', card.basis)
    fields.set('text', new Y.Text(card.text))
    for (const key of SHORT) if (card[key]) fields.set(key, card[key])
    for (const key of LONG) if (card[key]) fields.set(key, new Y.Text(card[key]))
    cards.set(card.id, fields)
    order.set(card.id, card.order)
  })
}

/** Puts a question of a form on a board: a point that nobody said, in the hand of the system. */
export function addQuestion(
  doc: Y.Doc,
  { id, area, text, order: place }: Pick<NewCard, 'id' | 'area' | 'text' | 'order'>,
): void {
  const { cards, order } = boardOf(doc)
  doc.transact(() => {
    const fields = new Y.Map<unknown>()
    fields.set('kind', 'point')
    if (area !== null) fields.set('area', area)
    fields.set('text', new Y.Text(text))
    cards.set(id, fields)
    order.set(id, place)
  })
}

/** Takes a card off the board; the history keeps it. */
export function removeCard(doc: Y.Doc, id: string): void {
  const { cards, order } = boardOf(doc)
  doc.transact(() => {
    cards.delete(id)
    order.delete(id)
  })
}

/** The fields of a goal document that every round starts with. */
export function startGoal(doc: Y.Doc, area: Area, wishes: readonly string[]): void {
  const { goal } = goalOf(doc)
  doc.transact(() => {
    goal.set('area', area)
    goal.set('plainText', new Y.Text())
    goal.set('professionalText', new Y.Text())
    goal.set('success', new Y.Text())
    goal.set('wishes', [...wishes])
  })
}

/** Adds an action to a goal being written. */
export function addAction(doc: Y.Doc, id: string, who: PersonId | null, order: string): void {
  const goal = goalOf(doc)
  doc.transact(() => {
    const fields = new Y.Map<unknown>()
    fields.set('what', new Y.Text())
    fields.set('when', new Y.Text())
    if (who !== null) fields.set('who', who)
    goal.actions.set(id, fields)
    goal.order.set(id, order)
  })
}

/** Takes an action away from a goal being written. */
export function removeAction(doc: Y.Doc, id: string): void {
  const goal = goalOf(doc)
  doc.transact(() => {
    goal.actions.delete(id)
    goal.order.delete(id)
  })
}

export type GoalDraft = {
  area: Area
  plainText: string
  professionalText: string
  success: string
  reviewOn: string | null
  wishes: string[]
  actions: (Action & { id: string })[]
}

/** A goal as it stands in its document. */
export function readGoal(doc: Y.Doc): GoalDraft {
  const { goal, actions, order } = goalOf(doc)
  const [area, day, wishes] = [goal.get('area'), goal.get('reviewOn'), goal.get('wishes')]
  return {
    area: isArea(area) ? area : 'living',
    plainText: plain(goal, 'plainText'),
    professionalText: plain(goal, 'professionalText'),
    success: plain(goal, 'success'),
    reviewOn: isDay(day) ? day : null,
    wishes: Array.isArray(wishes) ? wishes.filter((id) => typeof id === 'string') : [],
    actions: inOrder(actions.keys(), order).flatMap((id) => {
      const fields = actions.get(id)
      if (!(fields instanceof Y.Map)) return []
      const who = person(fields.get('who'))
      return { id, what: plain(fields, 'what'), who, when: plain(fields, 'when') }
    }),
  }
}

/** The words of a goal as people would agree to them, normalised. */
export function wordsOf(doc: Y.Doc): Words {
  const { area, plainText, professionalText, success, reviewOn, actions } = readGoal(doc)
  return normalise({ area, plainText, professionalText, success, reviewOn, actions })
}
