/** The act that takes out the name of somebody who left (AVG 17). */
import { mayBeForgotten } from '#plan/retention.ts'
import { isRefusal, type Refusal } from '#plan/refusals.ts'
import { decide, refuse, type ActDeps } from './acts.ts'
import type { Account } from './auth/sessions.ts'
import { inviter } from './circle.ts'
import * as erasing from './db/erasing.ts'
import * as events from './db/events.ts'

/** What stands where a name was. It is kept as a name, so it is in the language of the record. */
export const FORGOTTEN = 'Naam gewist'

/**
 * Forgets who somebody was whose access has ended: their name, what they are to the client, their
 * address, and with their last seat their account. What they wrote, and that they answered, stays
 * under their number and role, and every hash holds. Refuses with `no-access`, `unknown-person`,
 * `record-needs-them`, `nothing-to-decide`.
 */
export async function forgetPerson(
  deps: ActDeps,
  account: Account,
  { planId, personId }: { planId: string; personId: string },
): Promise<{ personId: string } | Refusal> {
  const seat = await inviter(deps, account, planId, 'forget-person')
  if (isRefusal(seat)) return seat
  const { circle, me } = seat
  const person = circle.people.find(({ id }) => id === personId)
  if (!person) return 'unknown-person'
  if (!mayBeForgotten(person)) return 'record-needs-them'
  if (person.name === FORGOTTEN) return 'nothing-to-decide'
  let signedOut: string[] = []
  const done = await decide(deps, async (tx) => {
    if (await erasing.isNeeded(tx, planId, personId)) refuse('record-needs-them')
    await erasing.anonymise(tx, planId, personId, FORGOTTEN)
    if (!(await erasing.isUsed(tx, person.accountId))) {
      signedOut = await erasing.sessionsOf(tx, [person.accountId])
      await erasing.emptyAccount(tx, person.accountId, FORGOTTEN)
    }
    const body = { personId }
    await events.add(tx, { planId, kind: 'person-forgotten', actorId: me.id, goalId: null, body })
    return { personId }
  })
  if (isRefusal(done)) return done
  await deps.peopleChanged(planId)
  deps.sessionsEnded(signedOut)
  return done
}
