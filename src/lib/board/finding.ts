/** Looking for words on the board; it comes with the field they are typed in. */
import { allOf, type Found, type Lane } from './lanes.ts'

const plainly = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()

/** What of these rows holds the words somebody looks for: the rows, and the ids of what was found. */
export function findIn(lanes: readonly Lane[], query: string): Found {
  const words = plainly(query).split(/\s+/).filter(Boolean)
  if (words.length === 0) return allOf(lanes)
  const has = (text: string) => {
    const plain = plainly(text)
    return words.every((word) => plain.includes(word))
  }
  const found = new Set<string>()
  let count = 0
  const rows = lanes.filter((lane) => {
    const cards = [...lane.wishes.flatMap((stack) => stack.cards), ...lane.points]
    const hits = cards.filter((card) => has(`${card.text} ${card.because} ${card.when}`))
    for (const { id } of hits) found.add(id)
    const { goal } = lane
    const own = goal && has(`${goal.words.plainText} ${goal.words.success}`) ? 1 : 0
    if (own && goal) found.add(goal.id)
    const doing = [...(goal?.words.actions ?? []), ...lane.standing].filter(({ what, when }) =>
      has(`${what} ${when}`),
    )
    count += hits.length + own + doing.length
    return hits.length + own + doing.length > 0
  })
  return { lanes: rows, found, count }
}
