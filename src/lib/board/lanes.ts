import { isQuestion } from '#plan/cards.ts'
import type { Area } from '#plan/areas.ts'
import type { Basis } from '#plan/voice.ts'
import type { CardView } from '#live/views.ts'
import type { GoalView, PlanView } from '#live/wire.ts'

/** One card; or answers of relatives in one frame, side by side and never merged. */
export type Stack = { id: string; kind: 'one' | 'pair' | 'family'; cards: CardView[] }

/** One row of the board is one story: wishes and points, the goal they led to, who does what. */
export type Lane = {
  id: string
  wishes: Stack[]
  points: CardView[]
  goal: GoalView | null
  standing: PlanView['standingActions']
}

const isWish = (card: CardView) => card.kind === 'wish' || card.kind === 'observation'
const isProxy = (basis: Basis | null) => basis === 'proxy_as_client' || basis === 'proxy_own_view'

/** The cards of a row with relatives' answers framed together: of one pair, or of several people. */
export function stacked(cards: readonly CardView[]): Stack[] {
  const stacks: Stack[] = []
  const family = cards.filter((card) => isProxy(card.basis) && card.pair === null)
  const speakers = new Set(family.map((card) => card.saidBy)).size
  for (const card of cards) {
    const kind = card.pair !== null ? 'pair' : family.includes(card) ? 'family' : 'one'
    const open = stacks.find((stack) =>
      kind === 'pair'
        ? stack.kind === 'pair' && stack.cards[0]?.pair === card.pair
        : kind === 'family' && speakers > 1 && stack.kind === 'family',
    )
    if (open) open.cards.push(card)
    else
      stacks.push({
        id: card.id,
        kind: kind === 'family' && speakers < 2 ? 'one' : kind,
        cards: [card],
      })
  }
  return stacks.map((stack) => (stack.cards.length > 1 ? stack : { ...stack, kind: 'one' }))
}

/** Things by what they have in common, each group in the order they were given. */
function grouped<T, K>(things: readonly T[], of: (thing: T) => K): Map<K, T[]> {
  const groups = new Map<K, T[]>()
  for (const thing of things) {
    const group = groups.get(of(thing))
    if (group) group.push(thing)
    else groups.set(of(thing), [thing])
  }
  return groups
}

/**
 * The rows of the board: goals first with what they came from, then each wish that has no goal yet,
 * last what belongs to no row.
 *
 * A point stands beside the goal or wish it is about, else beside the only goal of its area.
 */
export function lanesOf(
  cards: readonly CardView[],
  goals: readonly GoalView[],
  standing: PlanView['standingActions'],
): Lane[] {
  const wishes = cards.filter(isWish)
  const points = cards.filter((card) => card.kind === 'point')
  const byId = new Map(cards.map((card) => [card.id, card]))
  const wishesOfPair = grouped(wishes, ({ pair }) => pair)
  const wishesAbout = grouped(wishes, ({ about }) => about)
  const pointsAbout = grouped(points, ({ about }) => about)
  const asPoint = (id: string | null) => {
    const card = id === null ? undefined : byId.get(id)
    return card?.kind === 'point' ? [card] : []
  }
  const rank = new Map(cards.map(({ id }, at) => [id, at]))
  const inOrder = (found: readonly CardView[]) =>
    found.toSorted((a, b) => rank.get(a.id)! - rank.get(b.id)!)
  const placed = new Set<string>()
  const take = (found: readonly CardView[]) =>
    found.filter(({ id }) => !placed.has(id) && placed.add(id))
  const lanes: Lane[] = []

  const first = (goal: GoalView) =>
    Math.min(...goal.wishes.map((id) => rank.get(id) ?? cards.length), cards.length)
  for (const goal of goals.toSorted((a, b) => first(a) - first(b))) {
    const alone = goals.filter((other) => other.area === goal.area).length === 1
    const came = take(
      inOrder(goal.wishes.flatMap((id) => byId.get(id) ?? []).filter((card) => isWish(card))),
    )
    const asked = points.filter((card) => came.some((wish) => wish.about === card.id))
    const about = [goal.id, ...came.map(({ id }) => id)].flatMap((id) => pointsAbout.get(id) ?? [])
    const ofArea = alone
      ? (pointsAbout.get(null) ?? []).filter((card) => card.area === goal.area)
      : []
    lanes.push({
      id: goal.id,
      wishes: stacked(came),
      points: take([...asked, ...inOrder([...about, ...ofArea])]),
      goal,
      standing: [],
    })
  }
  const questions = new Set<string | null>(points.filter(isQuestion).map(({ id }) => id))
  for (const wish of wishes) {
    if (placed.has(wish.id)) continue
    const pair = wish.pair === null ? [] : (wishesOfPair.get(wish.pair) ?? [])
    const answers = questions.has(wish.about) ? (wishesAbout.get(wish.about) ?? []) : []
    const together = take(inOrder([wish, ...pair, ...answers]))
    const about = together.flatMap((one) => [
      ...(pointsAbout.get(one.id) ?? []),
      ...asPoint(one.about),
    ])
    lanes.push({
      id: wish.id,
      wishes: stacked(together),
      points: take(inOrder(about)),
      goal: null,
      standing: [],
    })
  }
  const rest = take(points)
  if (rest.length > 0 || standing.length > 0) {
    lanes.push({ id: 'rest', wishes: [], points: rest, goal: null, standing: [...standing] })
  }
  return lanes
}

const alike = <T>(some: readonly T[], others: readonly T[]): boolean =>
  some.length === others.length && some.every((one, at) => one === others[at])

const sameStack = (a: Stack, b: Stack) =>
  a.id === b.id && a.kind === b.kind && alike(a.cards, b.cards)

const sameLane = (a: Lane, b: Lane) =>
  a.goal === b.goal &&
  alike(a.points, b.points) &&
  alike(a.standing, b.standing) &&
  a.wishes.length === b.wishes.length &&
  a.wishes.every((stack, at) => sameStack(stack, b.wishes[at]!))

/** Rows in which nothing changed are the same objects as before: a key press redraws one row. */
export function steady(before: readonly Lane[], now: readonly Lane[]): readonly Lane[] {
  const known = new Map(before.map((lane) => [lane.id, lane]))
  const kept = now.map((lane) => {
    const old = known.get(lane.id)
    return old && sameLane(old, lane) ? old : lane
  })
  return alike(kept, before) ? before : kept
}

/** What each row is called where it is heard: its first words, with a number where another has the same. */
export function namesOf(lanes: readonly Lane[], wordless: string): string[] {
  const heard = new Map<string, number>()
  return lanes.map(({ goal, wishes, points }) => {
    const first = goal?.words.plainText || wishes[0]?.cards[0]?.text || points[0]?.text
    const name = first?.trim() || wordless
    const times = (heard.get(name) ?? 0) + 1
    heard.set(name, times)
    return times === 1 ? name : `${name} (${times})`
  })
}

/** The rows that are about one part of life; all of them where none is chosen. */
export function about(lanes: readonly Lane[], area: Area | null): readonly Lane[] {
  if (area === null) return lanes
  return lanes.flatMap((lane) => {
    const here = (card: CardView) => card.area === area
    if (lane.goal?.area === area || lane.wishes.some(({ cards }) => cards.some(here))) return [lane]
    const points = lane.points.filter(here)
    return points.length > 0 ? [{ ...lane, points, standing: [] }] : []
  })
}

/** Rows with what was found in them: the ids, and how many things they are. */
export type Found = { lanes: readonly Lane[]; found: ReadonlySet<string>; count: number }

const NONE: ReadonlySet<string> = new Set()

/** All rows, while nobody looks for anything. */
export const allOf = (lanes: readonly Lane[]): Found => ({ lanes, found: NONE, count: 0 })
