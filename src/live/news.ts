/** What is new on a card since somebody last read the board, from the state vector of that moment. */
import * as Y from 'yjs'
import { boardOf } from './documents.ts'

/** `new`: the card itself; `changed`: words on it. By somebody else, in both cases. */
export type News = 'new' | 'changed'

/** How far each hand had come. */
export type Vector = ReadonlyMap<number, number>

export const readVector = (base64: string): Vector =>
  Y.decodeStateVector(Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0)))

/**
 * @param isMine whether a client id is the reader's own hand: what one wrote oneself is never news
 */
export function newsOf(
  doc: Y.Doc,
  id: string,
  since: Vector,
  isMine: (clientId: number) => boolean,
): News | null {
  const card = boardOf(doc).cards.get(id)
  const made = card?._item?.id
  if (!(card instanceof Y.Map) || !made) return null
  const later = ({ client, clock }: Y.ID, length = 1) =>
    clock + length > (since.get(client) ?? 0) && !isMine(client)
  if (later(made)) return 'new'
  const text = card.get('text')
  if (!(text instanceof Y.Text)) return null
  for (let item = text._start; item !== null; item = item.right) {
    if (!item.deleted && item.content instanceof Y.ContentString && later(item.id, item.length))
      return 'changed'
  }
  return null
}
