/**
 * Words that are somebody's own stay as they were written down.
 *
 * On a board, the text of a card with the client's own words is changed by herself, and by who
 * wrote it down, as long as that page stays open; everybody else writes a correction beside it.
 * Whose words they are, and on what ground, is said by the one who wrote the card or who speaks.
 */
import * as Y from 'yjs'
import { isOwnWords } from '#plan/cards.ts'
import type { Reason, Writer } from './contract.ts'
import type { Touch } from './rules.ts'
import { FORMAT } from './scan.ts'

/** Why these touches of a board may not be, read against the board before them; null when they may. */
export function keepsOwnWords(
  doc: Y.Doc,
  touches: readonly Touch[],
  writer: Writer,
): Reason | null {
  const cards = doc.getMap<unknown>('cards')
  for (const touch of touches) {
    const [root, id = '', field] = touch.path
    const card = root === 'cards' && field !== undefined ? cards.get(id) : undefined
    if (!(card instanceof Y.Map) || card._item === null) continue
    const maker = card._item.id.client
    const recorded = writer.ownerOf(maker) === writer.personId
    const speaks = card.get('saidBy') === writer.personId
    if (field === 'saidBy' || field === 'basis') {
      if (!recorded && !speaks) return 'not-yours'
    } else if (field === 'text' && touch.path.length > 3 && isOwnWords(card.get('basis'))) {
      if (speaks || (touch.kind === 'delete' && touch.ref === FORMAT)) continue
      const own =
        touch.kind === 'delete'
          ? writer.ownerOf(touch.client) === writer.personId
          : touch.client === maker
      if (!recorded || !own) return 'not-yours'
    }
  }
  return null
}
