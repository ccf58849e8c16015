/** What a client or a relative finds when they come in. */
import type { PersonView } from './wire.ts'

/** Where somebody can add words away from the board, and who reads what is shared there. */
export type AddTo = { planId: string; documentId: string; readers: PersonView[] }

export type HomePlan = {
  id: string
  callMe: string
  /** They were let in for some goals only. */
  someGoals: boolean
  me: PersonView
  client: PersonView
  /** Who answers for the care, to turn to. */
  helper: PersonView | null
  /** Where they can add something; null where they may not write. */
  addTo: AddTo | null
  /** Who sits at the table now, where a meeting goes on. */
  meeting: PersonView[] | null
  /** The meeting they are asked to that is still to come, and since when their preparation is handed in. */
  coming: {
    onAt: string
    place: string
    link: string
    handedInAt: string | null
  } | null
  /** What waits for an answer; `forHer`: the one they give for the client. */
  waits: { id: string; text: string; forHer: boolean }[]
  /** What one does oneself, in what is agreed. */
  does: { goalId: string; what: string; when: string }[]
}
