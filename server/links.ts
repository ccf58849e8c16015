/** The acts about somebody's personal link: sending it again, printing it on a card, taking it back. */
import { shortName } from '#plan/names.ts'
import { isRefusal, type Refusal } from '#plan/refusals.ts'
import type { CardPage } from '#live/seats.ts'
import { decide, refuse, type ActDeps } from './acts.ts'
import type { App } from './app.ts'
import { endLinks, newLink, sendLink } from './auth/links.ts'
import type { Account } from './auth/sessions.ts'
import { inviter } from './circle.ts'
import * as links from './db/links.ts'
import * as plans from './db/plans.ts'
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

/**
 * Takes somebody's links back, by who may invite: they open nothing, and who came in by them is out.
 *
 * @param which the card alone, to leave the mailed link as it is
 */
export async function revokeLink(
  deps: ActDeps,
  account: Account,
  { planId, personId }: OfPerson,
  which: 'all' | 'card' = 'all',
): Promise<OfPerson | Refusal> {
  const seat = await inviter(deps, account, planId)
  if (isRefusal(seat)) return seat
  const { circle, me } = seat
  if (!circle.people.some(({ id }) => id === personId)) return 'unknown-person'
  const ended = await decide(deps, async (tx) => {
    deps.log.did(circle, me, 'end-link')
    return endLinks(tx, planId, personId, which)
  })
  if (isRefusal(ended)) return ended
  deps.sessionsEnded(ended)
  return { planId, personId }
}

/**
 * Makes a link to print on a card for the client, by who may invite. Whoever holds the card first can
 * open it, so it is bound to the first device like any link, and who made it is shown and logged. It
 * opens this plan alone: refuses with `sits-elsewhere` for a client who sits at another as well.
 *
 * Answers with the secret: it is kept nowhere, and can be seen this once.
 */
export async function makeCard(
  deps: ActDeps,
  account: Account,
  planId: string,
): Promise<{ token: string } | Refusal> {
  const seat = await inviter(deps, account, planId)
  if (isRefusal(seat)) return seat
  const { circle, me, client } = seat
  return decide(deps, async (tx) => {
    if (!(await tries.allowed(tx, `card ${planId}`, 10, 86_400))) refuse('too-many-tries')
    const { id: personId, accountId } = client
    if (await links.sitsElsewhere(tx, planId, accountId)) refuse('sits-elsewhere')
    const token = await newLink(tx, deps.linkDays, { planId, personId, accountId }, me, true)
    deps.log.did(circle, me, 'send-link')
    return { token }
  })
}

/** The page on which a card is made, for who may invite: whether there is one, and since when. */
export async function cardPage(
  app: App,
  account: Account,
  planId: string,
): Promise<CardPage | Refusal> {
  const seat = await inviter(app.acts, account, planId)
  if (isRefusal(seat)) return seat
  const { circle, me, client } = seat
  const plan = await plans.find(app.db.sql, planId)
  if (!plan) return 'unknown-plan'
  const card = await links.cardOf(app.db.sql, planId, client.id)
  const maker = circle.people.find(({ id }) => id === card?.madeBy)
  return {
    plan: { id: plan.id, callMe: plan.callMe },
    client: client.id,
    me: shortName(me),
    days: app.config.linkDays,
    base: app.address,
    card: card
      ? {
          by: maker ? shortName(maker) : null,
          at: card.at.toISOString(),
          openedAt: card.openedAt?.toISOString() ?? null,
        }
      : null,
  }
}
