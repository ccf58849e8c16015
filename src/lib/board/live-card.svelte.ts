import type { Card } from '#plan/cards.ts'
import type { News } from '#live/news.ts'
import type { CardView } from '#live/views.ts'

/** What a card says: this follows every key press. */
export type Says = Pick<
  CardView,
  'text' | 'when' | 'because' | 'stretches' | 'writers' | 'imported'
>

/** What a card is and where it lies: when this changes, it is laid down anew. */
const PLACE = [
  ...(['kind', 'area', 'saidBy', 'basis', 'about'] as const),
  ...(['reaction', 'often', 'pair', 'corrects'] as const),
] as const satisfies (keyof Card)[]

/**
 * A card of a live board. Its words change in it, so that a key press redraws one card; the board,
 * which looks only at what a card is and where it lies, is left alone.
 */
export class LiveCard implements CardView {
  readonly id: string
  readonly kind: Card['kind']
  readonly area: Card['area']
  readonly saidBy: Card['saidBy']
  readonly basis: Card['basis']
  readonly about: Card['about']
  readonly reaction: Card['reaction']
  readonly often: Card['often']
  readonly pair: Card['pair']
  readonly corrects: Card['corrects']
  says = $state.raw() as Says
  news = $state.raw<News | null>(null)

  constructor(card: Card, says: Says, news: News | null) {
    this.id = card.id
    this.kind = card.kind
    this.area = card.area
    this.saidBy = card.saidBy
    this.basis = card.basis
    this.about = card.about
    this.reaction = card.reaction
    this.often = card.often
    this.pair = card.pair
    this.corrects = card.corrects
    this.says = says
    this.news = news
  }

  get text() {
    return this.says.text
  }
  get when() {
    return this.says.when
  }
  get because() {
    return this.says.because
  }
  get stretches() {
    return this.says.stretches
  }
  get writers() {
    return this.says.writers
  }
  get imported() {
    return this.says.imported
  }

  /** Whether it still is what it was, and where it was. */
  isAt(card: Card): boolean {
    return PLACE.every((key) => this[key] === card[key])
  }
}

/** The cards that lie on a board, in order: another list only when one comes, goes or lies elsewhere. */
export class Laid {
  cards = $state.raw<readonly CardView[]>([])
}
