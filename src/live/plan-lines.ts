/** The list of plans somebody sits at, as the page is given it. */
import type { GoalState } from '#plan/agreement.ts'
import type { Day, Deadline, Nearness, Tape } from '#plan/deadlines.ts'

/** What a plan waits for: the person who looks, what they say for the client, a talk apart, others, or a day. */
export type Waiting =
  | { for: 'you'; count: number }
  | { for: 'her'; count: number; who: string }
  | { for: 'talk' }
  | { for: 'others'; names: string[] }
  | { for: 'look-back'; day: Day; trial: boolean }

/** How many goals are in a state; `apart`: the client resists, and it is talked about apart. */
export type StateCount = { state: GoalState | 'apart'; count: number; until: Day | null }

export type PlanLine = {
  id: string
  title: string
  client: { name: string; callMe: string; age: number | null }
  setting: string
  startedOn: Day | null
  /** Whether the person who looks works here. */
  professional: boolean
  contact: { name: string; you: boolean } | null
  states: StateCount[]
  deadline: (Deadline & { tape: Tape }) | null
  waits: Waiting[]
  /** The nearest day anything is due, and how near it is. */
  due: Day | null
  nearness: Nearness
}
