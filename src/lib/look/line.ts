/** The words of the connection line. */
import type { LiveState } from '#lib/live/document.svelte.ts'
import { m } from '#lib/paraglide/messages.js'

const words: Record<LiveState, () => string> = {
  connecting: m.line_connecting,
  saved: m.line_saved,
  saving: m.line_saving,
  offline: m.line_offline,
  unsaved: m.line_unsaved,
  refused: m.line_refused,
  closed: m.line_closed,
  ended: m.line_ended,
}
export const lineWord = (state: LiveState): string => words[state]()
