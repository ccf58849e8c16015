/** The acts about somebody's personal link: sending it again, taking it back. */
import { isRefusal, type Refusal } from '#plan/refusals.ts'
import { decide, refuse, type ActDeps } from './acts.ts'
import { endLinks, sendLink } from './auth/links.ts'
import type { Account } from './auth/sessions.ts'
import { inviter } from './circle.ts'
import * as tries from './db/tries.ts'

type OfPerson = { planId: string; personId: string }

/** Mails somebody at the table a new link, by who may invite. Their old one opens nothing any more. */
export async function mailLink(
  deps: ActDeps,
  account: Account,
  { planId, personId }: OfPerson,
): Promise<OfPerson | Refusal> {
  const seat = await inviter(deps, account, planId)
  if (isRefusal(seat)) return seat
  const { circle, me } = seat
  const person = circle.people.find(({ id, access }) => id === personId && access === 'active')
  if (!person) return 'unknown-person'
  return decide(deps, async (tx) => {
    if (!(await tries.allowed(tx, `invite ${planId} ${personId}`, 5, 86_400)))
      refuse('too-many-tries')
    await sendLink(tx, deps.linkDays, { planId, personId, accountId: person.accountId }, me)
    deps.log.did(circle, me, 'send-link')
    return { planId, personId }
  })
}

/** Takes somebody's link back, by who may invite: it opens nothing, and who came in by it is out. */
export async function revokeLink(
  deps: ActDeps,
  account: Account,
  { planId, personId }: OfPerson,
): Promise<OfPerson | Refusal> {
  const seat = await inviter(deps, account, planId)
  if (isRefusal(seat)) return seat
  const { circle, me } = seat
  if (!circle.people.some(({ id }) => id === personId)) return 'unknown-person'
  const ended = await decide(deps, async (tx) => {
    deps.log.did(circle, me, 'end-link')
    return endLinks(tx, planId, personId)
  })
  if (isRefusal(ended)) return ended
  deps.sessionsEnded(ended)
  return { planId, personId }
}
