import type { Area } from './areas.ts'
import type { PersonId } from './people.ts'
import type { Basis } from './voice.ts'

/** What a card on the board is (domain.md §1.2). */
export const CARD_KINDS = ['story', 'wish', 'point', 'observation'] as const
export type CardKind = (typeof CARD_KINDS)[number]
export const isCardKind = (value: unknown): value is CardKind =>
  (CARD_KINDS as readonly unknown[]).includes(value)

export type Card = {
  id: string
  kind: CardKind
  area: Area | null
  text: string
  saidBy: PersonId | null
  basis: Basis | null
}
