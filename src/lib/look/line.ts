/** The words of the connection line. */
import type { LiveState } from '#lib/live/document.svelte.ts'
import { m } from '#lib/paraglide/messages.js'

/** How a page stands with the table: `apart` where nothing can be written and the network is away. */
export type Line = LiveState | 'apart'

const words: Record<Line, () => string> = {
  apart: m.line_apart,
  connecting: m.line_connecting,
  saved: m.line_saved,
  saving: m.line_saving,
  offline: m.line_offline,
  unsaved: m.line_unsaved,
  refused: m.line_refused,
  closed: m.line_closed,
  ended: m.line_ended,
}
export const lineWord = (state: Line): string => words[state]()
