/** What somebody can read of a plan without a network, on a device of their own. */
import type { PaperDoing } from './paper.ts'
import type { PersonId } from '#plan/people.ts'

/** One goal, its sentences already made in the reader's language. */
export type OfflineGoal = {
  id: string
  area: string
  state: string
  text: string
  doing: PaperDoing[]
  success: string | null
  /** When it was agreed; null while it is asked. */
  agreed: string | null
  /** What each of those who were asked said. */
  said: string[]
  /** Who sees it differently, and how. */
  differs: string[]
  back: string | null
}

export type OfflineCard = {
  kind: 'story' | 'wish' | 'point' | 'observation'
  lead: string
  text: string
}

/** A plan as one person could read it at one moment: the part that everyone at the table reads. */
export type OfflinePlan = {
  planId: string
  /** Whose copy it is: nobody else may find it on the device. */
  personId: PersonId
  title: string
  locale: 'nl' | 'en'
  at: string
  /** The same moment, in words. */
  when: string
  agreed: OfflineGoal[]
  asked: OfflineGoal[]
  board: OfflineCard[]
}
