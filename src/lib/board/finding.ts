/** Looking for words on the board; it comes with the field they are typed in. */
import type { CardView } from '#live/views.ts'
import { allOf, type Found, type Lane } from './lanes.ts'

const plainly = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()

/**
 * What holds the words somebody looks for: these rows, and the ids of what was found in them and
 * among the cards that lie beside the rows.
 */
export function findIn(
  lanes: readonly Lane[],
  query: string,
  beside: () => readonly CardView[],
): Found {
  const words = plainly(query).split(/\s+/).filter(Boolean)
  if (words.length === 0) return allOf(lanes)
  const has = (text: string) => {
    const plain = plainly(text)
    return words.every((word) => plain.includes(word))
  }
  const holds = ({ text, because, when }: CardView) => has(`${text} ${because} ${when}`)
  const apart = beside().filter(holds)
  const found = new Set(apart.map(({ id }) => id))
  let count = apart.length
  const rows = lanes.filter((lane) => {
    const cards = [...lane.wishes.flatMap((stack) => stack.cards), ...lane.points]
    const hits = cards.filter(holds)
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
