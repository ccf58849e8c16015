import type { CardView } from '#live/views.ts'
import type { GoalView, PlanView } from '#live/wire.ts'

/** One row of the board is one story: wishes and points, the goal they led to, who does what. */
export type Lane = {
  id: string
  wishes: CardView[]
  points: CardView[]
  goal: GoalView | null
  standing: PlanView['standingActions']
}

const isWish = (card: CardView) => card.kind === 'wish' || card.kind === 'observation'

/**
 * The rows of the board: goals first with what they came from, then what has no goal yet.
 *
 * A point stands beside the only goal of its area; what was agreed without a goal stands last.
 */
export function lanesOf(
  cards: readonly CardView[],
  goals: readonly GoalView[],
  standing: PlanView['standingActions'],
): Lane[] {
  const wishes = cards.filter(isWish)
  const points = cards.filter((card) => card.kind === 'point')
  const placed = new Set<string>()
  const take = (found: CardView[]) => {
    for (const card of found) placed.add(card.id)
    return found
  }
  const lanes = goals.map((goal): Lane => {
    const alone = goals.filter((other) => other.area === goal.area).length === 1
    return {
      id: goal.id,
      wishes: take(wishes.filter((card) => goal.wishes.includes(card.id) && !placed.has(card.id))),
      points: take(
        points.filter((card) => alone && card.area === goal.area && !placed.has(card.id)),
      ),
      goal,
      standing: [],
    }
  })
  const loose = wishes.filter((card) => !placed.has(card.id))
  const open = points.filter((card) => !placed.has(card.id))
  const rows = Math.max(loose.length, open.length)
  for (let at = 0; at < rows; at++) {
    const [wish, point] = [loose[at], open[at]]
    const id = wish?.id ?? point?.id ?? String(at)
    lanes.push({
      id,
      wishes: wish ? [wish] : [],
      points: point ? [point] : [],
      goal: null,
      standing: [],
    })
  }
  if (standing.length > 0) {
    lanes.push({ id: 'standing', wishes: [], points: [], goal: null, standing })
  }
  return lanes
}
