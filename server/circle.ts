/** The acts about who sits at the table: inviting somebody, ending their access, consent. */
import type { Role } from '#plan/people.ts'
import { isFamily, isRepresentative } from '#plan/people.ts'
import { isRefusal, type Refusal } from '#plan/refusals.ts'
import { decide, refuse, type ActDeps } from './acts.ts'
import { endLinks, sendLink } from './auth/links.ts'
import type { Account } from './auth/sessions.ts'
import * as access from './db/access.ts'
import * as accounts from './db/accounts.ts'
import * as events from './db/events.ts'
import * as plans from './db/plans.ts'
import { newId } from './ids.ts'
import { allows, seatOf, type Circle } from './seats.ts'

/** Whom the client, who acts for her, or a professional on her recorded request may let in. */
export type Inviting = {
  planId: string
  name: string
  email: string
  role: Role
  relation?: string | undefined
  /** What the client said: kept with the consent. */
  consent: string
  until?: string | undefined
}

type Seat = { circle: Circle; me: plans.PersonRow; client: plans.PersonRow }

/** The client herself and who acts for her may; the responsible professional on her recorded request. */
export async function inviter(
  deps: ActDeps,
  account: Account,
  planId: string,
): Promise<Seat | Refusal> {
  const circle = await deps.seats.circle(planId)
  const me = seatOf(circle, account.id)
  const client = circle.people.find((person) => person.role === 'client')
  if (!me || !client) return 'no-access'
  const may = (['invite', 'invite-on-request'] as const).some((act) =>
    allows(circle, me, act, { zone: 'shared' }),
  )
  return may ? { circle, me, client } : 'no-access'
}

/** Gives somebody a seat. Consent is recorded with it (WGBO 7:457, L8). */
export async function invite(
  deps: ActDeps,
  account: Account,
  asked: Inviting,
): Promise<{ personId: string } | Refusal> {
  const seat = await inviter(deps, account, asked.planId)
  if (isRefusal(seat)) return seat
  const { circle, me, client } = seat
  const made = await decide(deps, async (tx) => {
    const email = asked.email.trim().toLowerCase()
    const known = await accounts.byEmail(tx, email)
    const accountId = known?.id ?? newId()
    if (!known)
      await accounts.add(tx, { id: accountId, email, name: asked.name, passwordHash: null })
    const { planId, name, role, relation = null, until = null } = asked
    if (circle.people.some((person) => person.accountId === accountId)) refuse('key-used')
    const personId = newId()
    const number = Math.max(...circle.people.map((person) => person.number)) + 1
    await plans.addPerson(tx, {
      planId,
      id: personId,
      accountId,
      key: personId,
      name,
      role,
      relation,
      authority: isRepresentative({ role } as never)
        ? 'representative'
        : isFamily({ role } as never)
          ? 'own_task'
          : 'professional',
      authorityNote: '',
      mayConfirm: false,
      attends: 'remote',
      number,
      confidant: false,
    })
    await access.addConsent(tx, {
      planId,
      personId,
      givenBy: client.id,
      recordedBy: me.id,
      gives: true,
      text: asked.consent,
      until,
    })
    const body = { personId, role, until }
    await events.add(tx, { planId, kind: 'person-invited', actorId: me.id, goalId: null, body })
    await sendLink(tx, deps.linkDays, { planId, personId, accountId }, me)
    return { personId }
  })
  if (!isRefusal(made)) await deps.peopleChanged(asked.planId)
  return made
}

/**
 * Ends somebody's access, as easily as it was given (AVG 7(3)).
 *
 * Their sockets close and their pages clear within two seconds, in every process. What they wrote
 * and answered stays on record. The client's own access cannot be ended.
 */
export async function endAccess(
  deps: ActDeps,
  account: Account,
  asked: { planId: string; personId: string },
): Promise<{ personId: string } | Refusal> {
  const seat = await inviter(deps, account, asked.planId)
  if (isRefusal(seat)) return seat
  const { circle, me, client } = seat
  const { planId, personId } = asked
  const person = circle.people.find(({ id }) => id === personId)
  if (!person) return 'unknown-person'
  if (person.role === 'client') return 'no-access'
  let signedOut: string[] = []
  const ended = await decide(deps, async (tx) => {
    if (!(await plans.endAccess(tx, planId, personId))) refuse('nothing-to-decide')
    const said = { planId, personId, givenBy: client.id, recordedBy: me.id }
    await access.addConsent(tx, { ...said, gives: false, text: '', until: null })
    const body = { personId }
    await events.add(tx, { planId, kind: 'access-ended', actorId: me.id, goalId: null, body })
    signedOut = await endLinks(tx, planId, personId)
    return { personId }
  })
  if (isRefusal(ended)) return ended
  await deps.peopleChanged(planId) // their screens hear why, before the session is gone
  deps.sessionsEnded(signedOut)
  return ended
}
