/** Where a card comes to lie that was dragged by its handle. Loaded with the drag. */
import type { CardView } from '#live/views.ts'
import { m } from '#lib/paraglide/messages.js'
import type { Board } from './board.svelte.ts'
import type { Drop } from './drag.ts'
import { change, place } from './laying.ts'
import { dropOf } from './steps.ts'
import type { ZoneBoard } from './zone.svelte.ts'

/** Puts a card where it was let go; answers with what became of it, in words. */
export function put(
  board: Board,
  zone: ZoneBoard,
  card: CardView,
  short: string,
  { kind, lane, before }: Drop,
): { moved: boolean; words: string } {
  const row = board.rows.find(({ id }) => id === lane)
  const wishes = row?.wishes.flatMap(({ cards }) => cards.map(({ id }) => id)) ?? []
  const asWish = kind === 'wish' && card.kind !== 'point'
  // from which wishes a goal came, the goal says
  if (asWish && row?.goal && !wishes.includes(card.id))
    return { moved: false, words: m.board_stays({ card: short }) }
  const column = kind === 'wish' ? wishes : (row?.points.map(({ id }) => id) ?? [])
  const next = dropOf(zone.own, card.id, column, before)
  if (card.kind !== 'observation' && card.kind !== kind) change(zone, card.id, { kind })
  const about = kind === 'point' && lane !== 'rest' ? lane : null
  if (card.kind !== 'observation' && card.about !== about) change(zone, card.id, { about })
  if (next !== undefined) place(zone, card.id, next)
  const where = kind === 'wish' ? m.board_wishes() : m.board_points()
  return { moved: true, words: m.board_moved_to({ card: short, place: where }) }
}
