/** What a client or a relative finds when they come in. */
import type { PersonView } from './wire.ts'

export type HomePlan = {
  id: string
  callMe: string
  me: PersonView
  client: PersonView
  /** Who answers for the care, to turn to. */
  helper: PersonView | null
  /** Who sits at the table now, where a meeting goes on. */
  meeting: PersonView[] | null
  /** What waits for an answer. */
  waits: { id: string; text: string }[]
  /** What one does oneself, in what is agreed. */
  does: { goalId: string; what: string; when: string }[]
}
