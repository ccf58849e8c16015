/**
 * The act that records what a relative is to the client, and on what ground. What the client can
 * decide herself is judged topic by topic, and nowhere else: `deciding.ts`.
 */
import { isFamily, isRepresentative, type Role } from '#plan/people.ts'
import { isRefusal, type Refusal } from '#plan/refusals.ts'
import { footingOf } from '#plan/seats.ts'
import { decide, seatFor, type ActDeps } from './acts.ts'
import type { Account } from './auth/sessions.ts'
import * as events from './db/events.ts'
import * as plans from './db/plans.ts'

export type Recording = {
  planId: string
  personId: string
  /** What they are from now on. */
  role: Role
  /** On what it rests: a ruling, a letter. */
  because: string
}

/**
 * Records a change of role or representation.
 *
 * It holds at once, also on sockets that are open: who acts for the client may read her care zone
 * from this moment, and who does so no longer is out of it. Only relatives become representatives;
 * a professional's role follows from their work. Refuses with `reason-missing` and
 * `unknown-person`.
 */
export async function recordRepresentation(
  deps: ActDeps,
  account: Account,
  asked: Recording,
): Promise<{ personId: string } | Refusal> {
  const { planId, personId, role } = asked
  const seat = await seatFor(deps, account, planId, 'record-representation')
  if (isRefusal(seat)) return seat
  const because = asked.because.trim()
  if (because === '') return 'reason-missing'
  const person = seat.circle.people.find(({ id, access }) => id === personId && access === 'active')
  if (!person) return 'unknown-person'
  if (!(isFamily(person) && isKin(role))) return 'no-access'
  const to = { ...person, role, authority: footingOf(role) }
  if (to.role === person.role && to.authority === person.authority) return 'nothing-to-decide'
  const done = await decide(deps, async (tx) => {
    await plans.changePerson(tx, planId, personId, { ...to, authorityNote: because })
    // the ground may be a judgement of capacity: it stands with the seat, not in what all may read
    const body = { personId, role: to.role, authority: to.authority }
    await events.add(tx, {
      planId,
      kind: 'representation-recorded',
      actorId: seat.me.id,
      goalId: null,
      body,
    })
    return { personId }
  })
  if (!isRefusal(done)) await deps.peopleChanged(planId)
  return done
}

const isKin = (role: Role): boolean => {
  const one = { role } as Parameters<typeof isFamily>[0] // its role is all that is asked
  return isFamily(one) || isRepresentative(one)
}
