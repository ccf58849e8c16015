import type { Stretch } from '#live/attribution.ts'
import type { PersonId } from '#plan/people.ts'

/** One piece of the mirror behind a field: text by one hand, or somebody's caret between pieces. */
export type Piece =
  | { kind: 'text'; text: string; stretch: Stretch; first: boolean }
  | { kind: 'caret'; person: PersonId; clientId: number }

/** The stretches of a text, cut where carets stand. */
export function pieces(
  stretches: readonly Stretch[],
  carets: readonly { index: number; person: PersonId; clientId: number }[],
): Piece[] {
  const waiting = [...carets].sort((a, b) => a.index - b.index)
  const all: Piece[] = []
  let at = 0
  for (const stretch of stretches) {
    let first = true
    let rest = stretch.text
    while (rest !== '') {
      const next = waiting[0]
      const cut = next && next.index < at + rest.length ? Math.max(0, next.index - at) : rest.length
      if (cut > 0) all.push({ kind: 'text', text: rest.slice(0, cut), stretch, first })
      if (cut > 0) first = false
      at += cut
      rest = rest.slice(cut)
      if (next && next.index <= at && rest !== '') {
        all.push({ kind: 'caret', person: next.person, clientId: next.clientId })
        waiting.shift()
      }
    }
  }
  for (const { person, clientId } of waiting) all.push({ kind: 'caret', person, clientId })
  return all
}
