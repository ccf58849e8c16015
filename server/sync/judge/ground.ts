/**
 * Whose words a card holds, and on what ground, is said by who wrote the card or who speaks.
 *
 * Others may write in the text: each stretch stays in its own hand, so nobody's words pass for
 * somebody else's. The screen goes further and offers a correction beside the client's own words.
 */
import * as Y from 'yjs'
import type { Reason, Writer } from './contract.ts'
import type { Touch } from './rules.ts'

/** Why these touches of a board may not be, read against the board before them; null when they may. */
export function keepsGround(doc: Y.Doc, touches: readonly Touch[], writer: Writer): Reason | null {
  const cards = doc.getMap<unknown>('cards')
  for (const { path } of touches) {
    const [root, id = '', field] = path
    if (root !== 'cards' || (field !== 'saidBy' && field !== 'basis')) continue
    const card = cards.get(id)
    if (!(card instanceof Y.Map) || card._item === null) continue
    const recorded = writer.ownerOf(card._item.id.client) === writer.personId
    if (!recorded && card.get('saidBy') !== writer.personId) return 'not-yours'
  }
  return null
}
