/** The acts on a therapist's own part of the care zone: letting a colleague in, and ending that. */
import { isTherapist, type PersonId } from '#plan/people.ts'
import { isRefusal, type Refusal } from '#plan/refusals.ts'
import type { PartView } from '#live/views.ts'
import { decide, refuse, seatFor, type ActDeps } from './acts.ts'
import type { Account } from './auth/sessions.ts'
import * as documents from './db/documents.ts'
import * as events from './db/events.ts'
import * as letIn from './db/let-in.ts'
import type { PersonRow } from './db/plans.ts'
import { allows, type Circle } from './seats.ts'

export type Letting = { documentId: string; personId: PersonId }

/** Who could be let in to somebody's part: therapists at this plan; others of the care read it anyway. */
const couldRead = (circle: Circle, ownerId: PersonId): PersonRow[] =>
  circle.people.filter(
    (person) => person.access === 'active' && person.id !== ownerId && isTherapist(person),
  )

/**
 * Lets a colleague read and write in a therapist's part of the care zone.
 *
 * By who it belongs to; of a therapist who left, by who answers for the plan, so that a successor can
 * read on. Refuses with `no-access`, `unknown-person`, `nothing-to-decide`.
 */
export const letColleagueIn = (deps: ActDeps, account: Account, asked: Letting) =>
  change(deps, account, asked, 'let-in')

/**
 * Ends that. By the same people, by the client, and by who acts for her; the colleague's screen
 * follows at once. Refuses with `no-access`, `unknown-person`, `nothing-to-decide`.
 */
export const endLettingIn = (deps: ActDeps, account: Account, asked: Letting) =>
  change(deps, account, asked, 'end-letting-in')

async function change(
  deps: ActDeps,
  account: Account,
  { documentId, personId }: Letting,
  act: 'let-in' | 'end-letting-in',
): Promise<Letting | Refusal> {
  const row = await documents.find(deps.sql, documentId)
  if (!row) return 'no-access'
  const { planId, zone, ownerId } = row
  const seat = await seatFor(deps, account, planId, act, { zone, owner: ownerId })
  if (isRefusal(seat)) return seat
  const { circle, me } = seat
  if (ownerId === null || zone !== 'care') return 'no-access'
  if (!couldRead(circle, ownerId).some(({ id }) => id === personId)) return 'unknown-person'
  const opens = act === 'let-in'
  const done = await decide(deps, async (tx) => {
    const one = { planId, ownerId, personId }
    const changed = opens ? await letIn.add(tx, { ...one, by: me.id }) : await letIn.remove(tx, one)
    if (!changed) refuse('nothing-to-decide')
    const kind = opens ? 'colleague-let-in' : 'letting-in-ended'
    const body = { documentId, ownerId, personId }
    await events.add(tx, { planId, kind, actorId: me.id, goalId: null, body })
    return { documentId, personId }
  })
  if (!isRefusal(done)) await deps.peopleChanged(planId)
  return done
}

/** What a screen says of a therapist's part: whose it is, whom it can be opened or closed to. */
export function partView(circle: Circle, me: PersonRow, ownerId: PersonId): PartView {
  const thing = { zone: 'care' as const, owner: ownerId }
  const others = couldRead(circle, ownerId)
  const are = (inside: boolean) =>
    others.filter(({ letIn = [] }) => letIn.includes(ownerId) === inside).map(({ id }) => id)
  return {
    name: circle.people.find(({ id }) => id === ownerId)?.name ?? '',
    letIn: me.letIn?.includes(ownerId) === true,
    mayLetIn: allows(circle, me, 'let-in', thing) ? are(false) : [],
    mayEnd: allows(circle, me, 'end-letting-in', thing) ? are(true) : [],
  }
}
