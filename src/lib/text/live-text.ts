import type { PersonId } from '#plan/people.ts'
import type { Caret } from '#live/wire.ts'

/** What a text field needs of its document: whose hand is whose, and where others' carets are. */
export type LiveText = {
  writerOf(clientId: number): PersonId | null
  caretsAt(field: string): readonly { clientId: number; person: PersonId; caret: Caret }[]
  setCaret(caret: Caret | null): void
}
