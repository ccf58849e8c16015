/** Laying cards on a board, and laying them elsewhere. Fetched when somebody does so. */
import { generateKeyBetween } from 'fractional-indexing'
import type { Area } from '#plan/areas.ts'
import type { CardKind, Often, Sight } from '#plan/cards.ts'
import type { Voice } from '#plan/voice.ts'
import { addCard, boardOf, cardText } from '#live/documents.ts'
import type { CardView } from '#live/views.ts'
import { difference } from '#lib/text/difference.ts'
import type { ZoneBoard } from './zone.svelte.ts'

export type NewCard = {
  kind: CardKind
  area: Area | null
  text: string
  voice: Voice
  about?: string | null
  pair?: string | null
  corrects?: string | null
  reaction?: Sight | null
  often?: Often | null
  when?: string
  because?: string
}

/** Puts a card behind all others; null when the zone is not there yet. */
export function add({ live, cards }: ZoneBoard, { voice, ...card }: NewCard): string | null {
  if (!live?.synced) return null
  const id = crypto.randomUUID().replaceAll('-', '')
  const last = cards.at(-1)
  const after = last ? (boardOf(live.doc).order.get(last.id) ?? null) : null
  addCard(live.doc, { ...card, id, ...voice, order: between(after, null) })
  return id
}

/** Gives a card other words, in one's own hand: only what differs is written. */
export function rewrite({ live }: ZoneBoard, id: string, to: string): void {
  const words = live && cardText(live.doc, id)
  if (!words) return
  const { start, remove, insert } = difference(words.toString(), to)
  words.doc?.transact(() => {
    words.delete(start, remove)
    words.insert(start, insert)
  })
}

/** Gives a card another kind, area, or thing it is about; null takes it away. */
export function change(
  { live }: ZoneBoard,
  id: string,
  to: { kind?: CardKind; area?: Area | null; about?: string | null },
): void {
  const fields = live && boardOf(live.doc).cards.get(id)
  if (!fields) return
  fields.doc?.transact(() => {
    for (const [key, value] of Object.entries(to)) {
      if (value === null) fields.delete(key)
      else if (value !== undefined) fields.set(key, value)
    }
  })
}

/** Puts a card just before another; null: behind all. */
export function place({ live, cards }: ZoneBoard, id: string, before: string | null): boolean {
  if (!live || id === before) return false
  const { order } = boardOf(live.doc)
  const rest = cards.filter((one) => one.id !== id)
  const found = rest.findIndex((one) => one.id === before)
  const at = before === null || found < 0 ? rest.length : found
  const placeOf = (one: CardView | undefined) => (one ? (order.get(one.id) ?? null) : null)
  order.set(id, between(placeOf(rest[at - 1]), placeOf(rest[at])))
  return true
}

/** A place between two; where they leave no room, behind the first. */
function between(before: string | null, behind: string | null): string {
  try {
    return generateKeyBetween(before, behind)
  } catch {
    return generateKeyBetween(before, null)
  }
}
