/** The act that erases a whole plan, for good (AVG 17, WGBO 7:455). */
import { isProfessional } from '#plan/people.ts'
import { isRefusal, type Refusal } from '#plan/refusals.ts'
import { isRetentionOver } from '#plan/retention.ts'
import { decide, refuse, seatFor, type ActDeps } from './acts.ts'
import { endLinks } from './auth/links.ts'
import type { Account } from './auth/sessions.ts'
import * as erasing from './db/erasing.ts'
import * as organisations from './db/organisations.ts'
import * as plans from './db/plans.ts'
import { allows } from './seats.ts'

export type ErasingPlan = {
  planId: string
  /** At the client's request, or because it was kept as long as the law asks. */
  ground: 'request' | 'retention-over'
  /** Who asked: the client or who acts for her. */
  askedBy?: string | undefined
  /** How the client is called, typed once more by who erases. */
  name: string
}

/**
 * Erases a plan: every word, document, snapshot, answer, remark, letter and seat of it.
 *
 * By the professional who answers for the plan, at the request of the client or who acts for her,
 * after weighing whether somebody else has a weighty interest in keeping it; or when it was kept for
 * twenty years. What stays: that it was done, when, on what ground and by whom, the hashes of its
 * chain, and who looked at it, for as long as that is kept. Everybody at the table is out at once.
 * Refuses with `no-access`, `unknown-person`, `name-differs`, `still-kept`.
 */
export async function erasePlan(
  deps: ActDeps,
  account: Account,
  { planId, ground, askedBy, name }: ErasingPlan,
): Promise<{ planId: string } | Refusal> {
  const seat = await seatFor(deps, account, planId, 'erase-plan')
  if (isRefusal(seat)) return seat
  const { circle } = seat
  const asker = circle.people.find(({ id }) => id === askedBy)
  if (ground === 'request' && !(asker && allows(circle, asker, 'invite', { zone: 'shared' })))
    return 'unknown-person'
  let signedOut: string[] = []
  const done = await decide(deps, async (tx) => {
    await tx`select 1 from plan where id = ${planId} for update`
    const plan = (await plans.find(tx, planId)) ?? refuse('no-access')
    if (name.trim().toLowerCase() !== plan.callMe.trim().toLowerCase()) refuse('name-differs')
    const last = await erasing.lastDecided(tx, planId)
    if (ground === 'retention-over' && !isRetentionOver(last, new Date())) refuse('still-kept')
    const people = await plans.people(tx, planId)
    signedOut = (await Promise.all(people.map(({ id }) => endLinks(tx, planId, id)))).flat()
    await erasing.begin(tx, {
      planId,
      organisationId: await organisations.ofPlan(tx, planId),
      ground,
      askedBy: ground === 'request' ? asker!.role : null,
      doneBy: account.id,
    })
    await erasing.removePlan(tx, planId)
    // who works in care stays known by name: they answer for what they did
    const own = people.filter((one) => !isProfessional(one)).map(({ accountId }) => accountId)
    const gone = await erasing.lonely(tx, own)
    signedOut.push(...(await erasing.sessionsOf(tx, gone)))
    await erasing.removeAccounts(tx, gone)
    return { planId }
  })
  if (isRefusal(done)) return done
  await deps.peopleChanged(planId) // nobody sits there any more: sockets close, rooms are forgotten
  deps.sessionsEnded(signedOut)
  return done
}
