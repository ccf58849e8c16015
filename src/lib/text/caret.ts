import * as Y from 'yjs'
import type { Caret } from '#live/wire.ts'

const encode = (text: Y.Text, index: number): string =>
  btoa(
    String.fromCharCode(
      ...Y.encodeRelativePosition(Y.createRelativePositionFromTypeIndex(text, index)),
    ),
  )

/** Where the caret of a field is, so that it means the same letter on every screen. */
export const caretIn = (text: Y.Text, field: string, start: number, end: number): Caret => ({
  field,
  anchor: encode(text, start),
  head: encode(text, end),
})

/** The index of somebody's caret in this text; null when it is elsewhere or cannot be read. */
export function indexOf(text: Y.Text, caret: Caret): number | null {
  if (!text.doc) return null
  try {
    const bytes = Uint8Array.from(atob(caret.head), (letter) => letter.charCodeAt(0))
    const place = Y.createAbsolutePositionFromRelativePosition(
      Y.decodeRelativePosition(bytes),
      text.doc,
    )
    return place?.type === text ? place.index : null
  } catch {
    return null
  }
}
