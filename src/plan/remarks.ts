/** What people say about a goal or a card, beside its words. */
export const REMARK_KINDS = ['remark', 'question'] as const
export type RemarkKind = (typeof REMARK_KINDS)[number]

/** One remark as the rules know it. */
type Said = { id: string; kind: RemarkKind; answers: string | null; resolvedBy: string | null }

/** A question that nobody said is dealt with. */
export const isOpen = (remark: Said): boolean =>
  remark.kind === 'question' && remark.answers === null && remark.resolvedBy === null

/** Remarks with the answers to each under it; an answer to an answer belongs to the first. */
export function threads<R extends Said>(remarks: readonly R[]): { first: R; answers: R[] }[] {
  const known = new Map(remarks.map((remark) => [remark.id, remark]))
  const rootOf = (remark: R): R => {
    let at = remark
    for (let steps = 0; at.answers !== null && steps < 50; steps++) {
      const before = known.get(at.answers)
      if (!before) return at
      at = before
    }
    return at
  }
  const found = new Map<R, R[]>()
  for (const remark of remarks) {
    const root = rootOf(remark)
    const list = found.get(root) ?? []
    if (root !== remark) list.push(remark)
    found.set(root, list)
  }
  return [...found].map(([first, answers]) => ({ first, answers }))
}
