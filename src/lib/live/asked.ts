/** What a screen asks of the table, where that is more than a word. */
import type { AnswerWord, Method, Reaction } from '#plan/answers.ts'
import type { ASKED_MARKS } from '#plan/marks.ts'
import type { PersonId } from '#plan/people.ts'

/** An answer as a screen gives it. */
export type AnswerBody = {
  goalId: string
  hash: string
  answer: AnswerWord
  method: Method
  party?: PersonId
  remark?: string
  witnesses?: PersonId[]
  reaction?: Reaction
  ways?: string[]
  sentence?: string
  code?: string
  /** One key per tap: a second arrival of the same tap changes nothing. */
  key: string
}

/** What is put beside a goal, as a screen asks for it. */
export type MarkBody = {
  goalId: string
  mark: (typeof ASKED_MARKS)[number]
  personId?: PersonId
  text?: string
  instead?: string
  informed?: boolean
}

/** How words are laid before people, beyond whose yes is asked. */
export type Presenting = {
  heard?: PersonId[]
  informed?: PersonId[]
  topic?: string
  again?: boolean
}
