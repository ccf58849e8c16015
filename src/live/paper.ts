/** The plan on paper: what stands on it and in which order. Drawn as a page and as a PDF alike. */
import type { Area } from '#plan/areas.ts'

/** What somebody said, and how it is led in: `Ik zei: “…”`. */
export type PaperQuote = { lead: string; text: string; literal: boolean }

/** What somebody thinks about it differently: text of equal weight. */
export type PaperDissent = { title: string; lead: string; text: string; by: string }

/** A wish that is not followed now: the wish as it was said, on which ground, why, and by whom. */
export type PaperNotNow = { quote: PaperQuote; why: string[]; by: string }

export type PaperDoing = { who: string; what: string; when: string }

/** One goal for the client: hers to read, so in her voice where it is her own. */
export type PaperGoal = {
  id: string
  area: Area
  areaWord: string
  quotes: PaperQuote[]
  lead: string
  text: string
  doing: PaperDoing[]
  success: string | null
  /** When and by whom it was agreed; null while it is still asked. */
  agreed: { on: string; who: string[] } | null
  /** What was answered to words that are not agreed yet, and when; null where an answer is asked. */
  given: { said: string; then: string } | null
  remarks: PaperQuote[]
  differs: PaperDissent[]
  back: string | null
  /** The code of exactly these words. */
  code: string
}

export type Paper = {
  title: string
  name: string
  contact: { lead: string; name: string } | null
  goals: PaperGoal[]
  asked: PaperGoal[]
  /** Wishes that are not followed now, each with its ground (Wlz 8.1.1 lid 4 and 5). */
  notNow: PaperNotNow[]
  also: string[]
  /** What to do when one wants something else. */
  change: { title: string; text: string }
  /** Whom to give an answer on paper to. */
  tick: string
  foot: string
}

export type RecordAnswer = { who: string; said: string; how: string[]; remark: string }

export type RecordVersion = {
  title: string
  about: string[]
  text: string
  care: string
  doing: PaperDoing[]
  success: string
  back: string | null
  /** Null where nobody was asked yet: the words are being written. */
  answers: RecordAnswer[] | null
  differs: PaperDissent[]
  /** What else is on record about these words. */
  marks: string[]
  hash: string | null
  code: string | null
}

export type RecordGoal = {
  id: string
  title: string
  about: string
  versions: RecordVersion[]
  reviews: { title: string; text: string }[]
}

/** The photo beside a piece of the life story; where a page finds it, and what stands on it. */
export type RecordPhoto = {
  documentId: string
  cardId: string
  alt: string
  width: number
  height: number
}

/** Everything of the shared part that is on record. */
export type PlanOnRecord = {
  title: string
  name: string
  about: string[]
  people: { name: string; role: string }[]
  /** The cards; with one that is a wish not followed, why. */
  board: { lead: string; text: string; why: string[]; photo: RecordPhoto | null }[]
  /** The items of a persoonlijk plan, each with what became of it. */
  ownPlan: { lead: string; text: string; why: string[] }[]
  goals: RecordGoal[]
  also: PaperDoing[]
  proof: { text: string; head: string }
  foot: string
}
