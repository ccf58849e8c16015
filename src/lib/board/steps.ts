/** Moving a card so that it is seen to move: one place higher or lower, or where it was let go. */
import type { CardView } from '#live/views.ts'
import type { Board } from './board.svelte.ts'
import type { Lane } from './lanes.ts'
import type { ZoneBoard } from './zone.svelte.ts'

/** The columns of a board from top to bottom, each with its cards as they stand. */
export type Columns = readonly (readonly string[])[]

/** The columns of these rows; cards that lie in none of them come first, as one. */
export function columnsOf(cards: readonly CardView[], lanes: readonly Lane[]): Columns {
  const columns = lanes.flatMap(({ wishes, points }) => [
    wishes.flatMap((stack) => stack.cards.map(({ id }) => id)),
    points.map(({ id }) => id),
  ])
  const laid = new Set(columns.flat())
  return [cards.flatMap(({ id }) => (laid.has(id) ? [] : id)), ...columns]
}

/** What would stand in which column of the board, were the cards of a zone in this order. */
export const columnsOn = (board: Board, zone: ZoneBoard, cards: readonly CardView[]): Columns =>
  zone.zone === 'shared' ? columnsOf(cards, board.rowsOf(cards)) : [cards.map(({ id }) => id)]

/** Whether a card is seen higher (below nought) or lower in one picture of the board than in another. */
function against(id: string, before: Columns, after: Columns): number {
  const column = (all: Columns) => all.findIndex((one) => one.includes(id))
  const [was, is] = [column(before), column(after)]
  return is - was || (after[is]?.indexOf(id) ?? 0) - (before[was]?.indexOf(id) ?? 0)
}

/**
 * Before which card one has to lie to be seen one place higher or lower; null: behind all;
 * undefined: it can go no further.
 *
 * @param see the columns, were the cards in this order
 */
export function stepOf(
  cards: readonly CardView[],
  id: string,
  by: -1 | 1,
  see: (cards: readonly CardView[]) => Columns,
): string | null | undefined {
  const from = cards.findIndex((one) => one.id === id)
  const card = cards[from]
  if (!card) return undefined
  const now = see(cards)
  const rest = cards.filter((one) => one !== card)
  for (let at = from + by; at >= 0 && at <= rest.length; at += by) {
    const then = see(rest.toSpliced(at, 0, card))
    if (against(id, now, then) * by > 0) return rest[at]?.id ?? null
  }
  return undefined
}

/**
 * Before which card one lies that was let go in a column, before one of its cards or below the last;
 * undefined: it lies there already.
 */
export function dropOf(
  cards: readonly CardView[],
  id: string,
  column: readonly string[],
  before: string | null,
): string | null | undefined {
  if (before !== null) return before
  const others = column.filter((one) => one !== id)
  const last = cards.findLastIndex((one) => others.includes(one.id))
  if (last < 0) return undefined
  return cards.slice(last + 1).find((one) => one.id !== id)?.id ?? null
}
