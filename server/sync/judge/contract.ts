/** What the judge is asked and what it answers. It knows no socket, no SQL and no clock. */
import type { Basis } from '#plan/voice.ts'
import type { CardKind } from '#plan/cards.ts'
import type { PersonId } from '#plan/people.ts'
import type { DocumentKind } from '#live/documents.ts'

/** Who sends an update, and what this person may do in this document right now. */
export type Writer = {
  personId: PersonId
  mayWrite: boolean
  mayRemoveAnyCard: boolean
  /** Whether a card of this kind may be put here by this person (domain.md §3.3). */
  mayAdd(kind: CardKind): boolean
  /** The person a client id belongs to in this document; undefined while nobody has used it. */
  ownerOf(clientId: number): PersonId | undefined
  /** Whether this person is on the plan: a value of `saidBy`, `who` or a voice mark. */
  isPerson(id: PersonId): boolean
  /** Whether words on this basis can be this person's (`src/plan/voice.ts`). */
  canSpeak(id: PersonId, basis: Basis): boolean
}

/** How much of everything an honest person never meets (settings, `server/config.ts`). */
export type Limits = {
  /** bytes of one update */
  updateBytes: number
  /** bytes of the whole document, counted as what was accepted since its last snapshot and that snapshot */
  documentBytes: number
  /** cards on one board, actions under one goal */
  cards: number
  /** characters in one text field */
  fieldCharacters: number
}

/** Why nothing of an update entered. The word goes to the writer's screen and to the security log. */
export type Reason =
  | 'malformed' // bytes that are not one whole Yjs v1 update
  | 'not-your-hand' // operations under a client id of somebody else
  | 'missing' // refers to operations that nobody has
  | 'shape' // a root, key, type or value this document has no place for
  | 'overwrite' // would replace a shared text or take away what is only taken away by an act
  | 'not-yours' // would remove a card of somebody else
  | 'voice' // a voice that cannot be this person's
  | 'order' // would make replicas differ for ever
  | 'budget' // costs more to apply than honest work does
  | 'effect' // did something else than it said
  | 'read-only' // this person may read here, not write
  | 'too-large' // more than a limit allows

export type Verdict =
  /** `update`: the canonical bytes to store and pass on; null when it holds nothing new. */
  | {
      kind: 'accepted'
      update: Uint8Array | null
      /** Client ids with new operations, and their clocks after it: what `saved` will name. */
      clocks: [clientId: number, clock: number][]
    }
  /** Honest, but something before it is missing: ask with a sync step 1. Nothing entered. */
  | { kind: 'gap' }
  /** Honest but not allowed: nothing entered, the writer is told why. */
  | { kind: 'refused'; reason: Reason }
  /** No honest client sends this: nothing entered, the connection is closed, a security line is left. */
  | { kind: 'hostile'; reason: Reason }

/**
 * The rehearsal: a document holding everything accepted so far, on which an update is tried before
 * anybody else sees it. After a verdict that spoiled it the judge asks for it anew.
 */
export type Stage = {
  readonly kind: DocumentKind
  /** The document now; a new one after `spoil()`. */
  doc(): import('yjs').Doc
  /** Throws the rehearsal document away; the next `doc()` is built from what was accepted. */
  spoil(): void
}
