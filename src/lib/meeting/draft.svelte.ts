import type { Words } from '#plan/words.ts'
import { wordsOf } from '#live/documents.ts'
import { LiveDocument } from '#lib/live/document.svelte.ts'

/** The words of a goal that is written while it lies on the table: who is not at it reads along. */
export class Draft {
  readonly #live: LiveDocument

  constructor(documentId: string) {
    this.#live = new LiveDocument({ id: documentId, alone: true })
  }
  /** As they are now; null until they have arrived. */
  get words(): Words | null {
    return this.#live.synced ? this.#live.read(wordsOf) : null
  }
  leave(): void {
    this.#live.destroy()
  }
}
