/**
 * What is put on record beside a goal and its answers: who was asked later or is no longer asked,
 * what somebody says about agreed words, and how a round ended without a yes. A mark is added and
 * never taken away, and never locks a goal as a side effect.
 */
import { isAgreed, saidYes, type GoalState, type Round } from './agreement.ts'
import { standing } from './answers.ts'
import { mustParties, mayVote, type Party } from './parties.ts'
import { clientOf, isClient, isProfessional, type Person, type PersonId } from './people.ts'
import type { Refusal } from './refusals.ts'
import { fold } from './words.ts'

export const MARKS = [
  'party-added',
  'party-removed',
  'parties-checked',
  'statement',
  'yes-taken-back',
  'not-agreed',
  'refused',
  'expired',
  'topic-chosen',
] as const
export type MarkKind = (typeof MARKS)[number]

/** The marks somebody asks for; the others follow from an act, or from time. */
export const ASKED_MARKS = [
  'party-added',
  'party-removed',
  'parties-checked',
  'statement',
  'yes-taken-back',
  'not-agreed',
  'refused',
] as const satisfies readonly MarkKind[]

export type Mark = {
  kind: MarkKind
  version: number
  /** Whom it is about, or whose words these are. */
  personId: PersonId | null
  /** Who put it on record; null: time itself. */
  byId: PersonId | null
  body: MarkBody
  at: string
}

export type MarkBody = {
  /** A reason, or what is said. */
  text?: string
  /** Not agreed: what is done instead. */
  instead?: string
  /** A party that was added: only told, or asked for a yes from the next version on. */
  informed?: boolean
  /** The topic a version falls under (see `deciding.ts`). */
  topic?: string
}

/**
 * Who is asked about a version now: as it was laid before people, and what changed since.
 *
 * Who comes during a round is heard, and asked for a yes from the next version on. When somebody
 * was taken off the list, it must be looked at before the round can close.
 */
export function partiesNow(
  version: number,
  parties: readonly Party[],
  marks: readonly Mark[],
): { parties: Party[]; unchecked: boolean } {
  let now = [...parties]
  let unchecked = false
  for (const { version: of, kind, personId, body } of marks) {
    if (of !== version || personId === null) {
      if (of === version && kind === 'parties-checked') unchecked = false
      continue
    }
    if (kind === 'party-added') {
      const told = body.informed === true
      const there = now.find((party) => party.personId === personId)
      if (there && !there.informed) continue // who is asked already stays asked
      now = now.filter((party) => party.personId !== personId)
      now.push({ personId, required: false, ...(told ? { informed: true } : { next: true }) })
    } else if (kind === 'party-removed') {
      now = now.filter((party) => party.personId !== personId)
      unchecked = true
    }
  }
  return { parties: now, unchecked }
}

/** Whether somebody can be asked during a round. */
export function readAdding(
  round: Round,
  personId: PersonId,
  informed: boolean,
  people: readonly Person[],
): Refusal | null {
  const person = people.find(({ id, access }) => id === personId && access === 'active')
  if (!person) return 'unknown-person'
  if (!informed && !mayVote(person)) return 'no-vote'
  const there = round.parties.find((party) => party.personId === personId)
  return there && (!there.informed || informed) ? 'nothing-to-decide' : null
}

/** Whether somebody can be taken off the list during a round; the two who must say yes cannot. */
export function readRemoving(
  round: Round,
  personId: PersonId,
  reason: string,
  people: readonly Person[],
): Refusal | null {
  if (!round.parties.some((party) => party.personId === personId)) return 'not-a-party'
  if (mustParties(people).includes(personId)) return 'always-asked'
  return fold(reason) === '' ? 'reason-missing' : null
}

/** Whether words can be put beside a goal (WGBO 7:454 lid 2): one's own, or the client's written down. */
export function readStatement(
  actor: Person,
  whose: Person,
  text: string,
  agreed: boolean,
): Refusal | null {
  if (!agreed) return 'nothing-agreed'
  const forHer = isClient(whose) && isProfessional(actor)
  if (actor.id !== whose.id && !forHer) return 'not-for-her'
  return fold(text) === '' ? 'no-words' : null
}

/** Whether somebody can take back their yes to agreed words: one's own, or as who stands in. */
export function readTakingBack(
  state: GoalState,
  round: Round,
  actor: Person,
  party: PersonId,
  people: readonly Person[],
): Refusal | null {
  if (!isAgreed(state)) return 'nothing-agreed'
  const hers = party === clientOf(people)?.id
  const forHer = hers && standing(round.answers, party)?.actorId === actor.id
  if (actor.id !== party && !forHer && !(hers && isProfessional(actor))) return 'not-for-her'
  return saidYes(round, party, people) ? null : 'nothing-to-decide'
}

/**
 * Whether a round can end as not agreed: with what is done instead, and why (domain.md §0.4).
 *
 * `refused` is the client's own: who decides said no, and that is recorded as such (Wlz 8.1.3 lid 4).
 */
export function readEnding(
  state: GoalState,
  round: Round,
  kind: 'not-agreed' | 'refused',
  body: MarkBody,
  people: readonly Person[],
): Refusal | null {
  if (state !== 'presented') return isAgreed(state) ? 'already-agreed' : 'not-presented'
  const client = clientOf(people)
  if (kind === 'refused') {
    const said = client && standing(round.answers, client.id)?.answer
    return said === 'no' ? null : 'nothing-to-decide'
  }
  if (fold(body.instead ?? '') === '') return 'instead-missing'
  return fold(body.text ?? '') === '' ? 'reason-missing' : null
}
