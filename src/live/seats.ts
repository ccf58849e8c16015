/** Who sits at a table, as the page "Wie mag wat?" is given it. */
import type { Zone } from '#plan/access.ts'
import type { PersonId, Role } from '#plan/people.ts'
import type { Decides } from '#plan/seats.ts'
import type { PersonView } from './wire.ts'

/** What was said about somebody's access; for the client, who acts for her or records it, and oneself. */
export type ConsentView = {
  gives: boolean
  givenBy: PersonId
  recordedBy: PersonId
  text: string
  until: string | null
  at: string
}

export type SeatView = {
  person: PersonView
  decides: Decides
  sees: Zone[]
  /** The goals they were let in for, and nothing else; null: what their seat sees. */
  goals: { id: string; text: string }[] | null
  confidant: boolean
  /** The last day of access; null when none was agreed, or it is not for who looks. */
  until: string | null
  /** Newest first. */
  consents: ConsentView[]
  /** Whether who looks may end this access, or change until when it lasts. */
  mayEnd: boolean
  /** Whether the name of somebody who left may be taken out. */
  mayForget: boolean
}

export type SeatsPage = {
  plan: { id: string; title: string; callMe: string }
  me: PersonId
  /** The goals somebody can be let in for; for who may let in. */
  goals: { id: string; text: string }[]
  seats: SeatView[]
  /** Who sat here before; only for who may let them in again. */
  before: SeatView[]
  may: {
    invite: boolean
    onRequest: boolean
    /** As what they may let others in. */
    inviteAs: Role[]
    pick: boolean
    represent: boolean
    seeLog: boolean
    /** Erasing the whole plan. */
    erase: boolean
  }
}

/** The page on which a card for the client is made. */
export type CardPage = {
  plan: { id: string; callMe: string }
  client: PersonId
  /** Who makes it: whom she can ask for help. */
  me: string
  /** How long a card works. */
  days: number
  /** Where the product is opened. */
  base: string
  /** The card that works now. */
  card: { by: string | null; at: string; openedAt: string | null } | null
}

/** The page on which a whole plan is erased. */
export type ErasingPage = {
  plan: { id: string; title: string; callMe: string }
  /** Who may ask for it: the client, or who acts for her. */
  askers: PersonView[]
}
