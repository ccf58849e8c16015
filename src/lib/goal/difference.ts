/** What differs between two texts, word by word, as a reader would tell it. */
export type Piece = { kind: 'same' | 'gone' | 'new'; text: string }

const split = (text: string): string[] => text.split(/\s+/u).filter((word) => word !== '')

/** The pieces of both texts in reading order; neighbours of one kind are one piece. */
export function difference(before: string, after: string): Piece[] {
  const [a, b] = [split(before), split(after)]
  let start = 0
  while (start < a.length && start < b.length && a[start] === b[start]) start++
  let end = 0
  while (end < a.length - start && end < b.length - start && a.at(-1 - end) === b.at(-1 - end))
    end++
  const pieces: Piece[] = []
  const add = (kind: Piece['kind'], words: readonly string[]) => {
    if (words.length === 0) return
    const last = pieces.at(-1)
    if (last?.kind === kind) last.text += ` ${words.join(' ')}`
    else pieces.push({ kind, text: words.join(' ') })
  }
  add('same', a.slice(0, start))
  for (const { kind, word } of middle(
    a.slice(start, a.length - end),
    b.slice(start, b.length - end),
  )) {
    add(kind, [word])
  }
  add('same', end === 0 ? [] : a.slice(-end))
  return pieces
}

/** The longest row of words both have in common stays; of each gap, first what went, then what came. */
function middle(
  a: readonly string[],
  b: readonly string[],
): { kind: Piece['kind']; word: string }[] {
  const width = b.length + 1
  const common = new Uint32Array((a.length + 1) * width)
  const at = (i: number, j: number) => common[i * width + j] ?? 0
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) {
      common[i * width + j] =
        a[i] === b[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1))
    }
  }
  const found: { kind: Piece['kind']; word: string }[] = []
  let [i, j] = [0, 0]
  while (i < a.length || j < b.length) {
    const [gone, came] = [a[i], b[j]]
    if (gone !== undefined && gone === came) {
      found.push({ kind: 'same', word: gone })
      i++
      j++
    } else if (gone !== undefined && (came === undefined || at(i + 1, j) >= at(i, j + 1))) {
      found.push({ kind: 'gone', word: gone })
      i++
    } else if (came !== undefined) {
      found.push({ kind: 'new', word: came })
      j++
    }
  }
  return found
}
