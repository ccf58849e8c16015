import type { Area } from './areas.ts'
import type { PersonId } from './people.ts'
import type { Basis } from './voice.ts'

/** What a card on the board is (domain.md §1.2). */
export const CARD_KINDS = ['story', 'wish', 'point', 'observation'] as const
export type CardKind = (typeof CARD_KINDS)[number]
export const isCardKind = (value: unknown): value is CardKind =>
  (CARD_KINDS as readonly unknown[]).includes(value)

/** How somebody seemed to take what was seen (domain.md §5.2). */
export const SIGHTS = ['liked', 'disliked', 'unclear'] as const
export type Sight = (typeof SIGHTS)[number]
export const isSight = (value: unknown): value is Sight =>
  (SIGHTS as readonly unknown[]).includes(value)

/** How often it was seen. */
export const OFTEN = ['once', 'sometimes', 'often'] as const
export type Often = (typeof OFTEN)[number]
export const isOften = (value: unknown): value is Often =>
  (OFTEN as readonly unknown[]).includes(value)

export type Card = {
  id: string
  kind: CardKind
  area: Area | null
  text: string
  saidBy: PersonId | null
  basis: Basis | null
  /** What it is about: a goal, or the card it grew from. */
  about: string | null
  /** Of something seen: how it was taken, when, and how often. */
  reaction: Sight | null
  when: string
  often: Often | null
  /** Of a presumed wish: why we think so. */
  because: string
  /** The other answer of the same relative stands beside it: what she would say, what I think. */
  pair: string | null
  /** The card whose words it corrects; it stands beside them, not over them. */
  corrects: string | null
}

/** Words that are the client's own: nobody else's hand changes them afterwards. */
export const isOwnWords = (basis: unknown): boolean =>
  basis === 'own_words' || basis === 'own_words_supported'

/** A wish nobody said, only thought: it cannot stand without its reason (domain.md §5.2 rule 3). */
export const lacksGround = (basis: unknown, because: string): boolean =>
  basis === 'presumed' && because.trim() === ''

/** A question of a form: nobody said it, it stands on no ground, and nobody changes its words. */
export const isQuestion = (card: Pick<Card, 'kind' | 'saidBy' | 'basis'>): boolean =>
  card.kind === 'point' && card.saidBy === null && card.basis === null
