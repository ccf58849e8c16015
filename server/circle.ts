/** The acts about who sits at the table: inviting somebody, until when, ending their access. */
import { mayLetInAs } from '#plan/access.ts'
import { isTherapist, mayBeForSome, type Role } from '#plan/people.ts'
import { isRefusal, type Refusal } from '#plan/refusals.ts'
import { footingOf } from '#plan/seats.ts'
import { decide, refuse, type ActDeps } from './acts.ts'
import { endLinks, sendLink } from './auth/links.ts'
import type { Account } from './auth/sessions.ts'
import * as access from './db/access.ts'
import * as accounts from './db/accounts.ts'
import * as documents from './db/documents.ts'
import * as events from './db/events.ts'
import * as goalRows from './db/goals.ts'
import * as letIn from './db/let-in.ts'
import type { Tx } from './db/open.ts'
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
  /** The last day of access; left out: until it is ended. */
  until?: string | undefined
  /** The goals they may see, and nothing else; left out: the plan as their seat has it. */
  goals?: readonly string[] | undefined
}

type Seat = { circle: Circle; me: plans.PersonRow; client: plans.PersonRow }
type Act = 'invite' | 'end-access' | 'change-seat' | 'forget-person'

/** The client herself and who acts for her may; the responsible professional on her recorded request. */
export async function inviter(
  deps: ActDeps,
  account: Account,
  planId: string,
  act: Act = 'invite',
): Promise<Seat | Refusal> {
  const circle = await deps.seats.circle(planId)
  const me = seatOf(circle, account.id)
  const client = circle.people.find((person) => person.role === 'client')
  if (!me || !client) {
    if (client) deps.log.turnedAway(planId, account.id, act)
    return 'no-access'
  }
  const allowed = (['invite', 'invite-on-request'] as const).some((one) =>
    allows(circle, me, one, { zone: 'shared' }),
  )
  deps.log.did(circle, me, act, { allowed })
  return allowed ? { circle, me, client } : 'no-access'
}

/**
 * Gives somebody a seat, or gives it back. Consent is recorded with it (WGBO 7:457, L8).
 *
 * It can be for some goals only (D23). Refuses with `no-access`, also for a seat that is not theirs to
 * give, with `key-used` when they sit here
 * already, with `unknown-goal`, and with `needs-the-plan` for who works in the care.
 */
export async function invite(
  deps: ActDeps,
  account: Account,
  asked: Inviting,
): Promise<{ personId: string } | Refusal> {
  const seat = await inviter(deps, account, asked.planId, 'invite')
  if (isRefusal(seat)) return seat
  const { circle, me, client } = seat
  const { planId, role, until = null, goals = null } = asked
  if (!mayLetInAs(me, role, circle.people)) {
    deps.log.did(circle, me, 'invite', { allowed: false })
    return 'no-access'
  }
  const made = await decide(deps, async (tx) => {
    if (goals) await checkGoals(tx, planId, role, goals)
    const accountId = await accountFor(tx, asked)
    const before = circle.people.find((person) => person.accountId === accountId)
    if (before?.access === 'active') refuse('key-used')
    const personId = before
      ? await seatAgain(tx, before, asked)
      : await addSeat(tx, circle, accountId, asked)
    if (isTherapist({ role, authority: footingOf(role) }))
      await documents.addOwn(tx, planId, newId(), personId, 'care-part')
    const said = { planId, personId, givenBy: client.id, recordedBy: me.id }
    await access.addConsent(tx, { ...said, gives: true, text: asked.consent, until, goals })
    const some = goals && { goals: [...goals] }
    const body = { personId, role, until, again: before !== undefined, ...some }
    await events.add(tx, { planId, kind: 'person-invited', actorId: me.id, goalId: null, body })
    await sendLink(tx, deps.linkDays, { planId, personId, accountId }, me)
    return { personId }
  })
  if (!isRefusal(made)) await deps.peopleChanged(planId)
  return made
}

/** Some goals only: they are of this plan, and it is not somebody who needs the plan for the care. */
async function checkGoals(
  tx: Tx,
  planId: string,
  role: Role,
  goals: readonly string[],
): Promise<void> {
  if (!mayBeForSome(role)) refuse('needs-the-plan')
  const known = (await goalRows.ofPlan(tx, planId)).map(({ id }) => id)
  if (goals.length === 0 || goals.some((id) => !known.includes(id))) refuse('unknown-goal')
}

async function accountFor(tx: Tx, { email, name }: Inviting): Promise<string> {
  const address = email.trim().toLowerCase()
  const known = await accounts.byEmail(tx, address)
  if (known) return known.id
  const id = newId()
  await accounts.add(tx, { id, email: address, name, passwordHash: null })
  return id
}

async function addSeat(
  tx: Tx,
  circle: Circle,
  accountId: string,
  { planId, name, role, relation, until, goals }: Inviting,
): Promise<string> {
  const id = newId()
  await plans.addPerson(tx, {
    planId,
    id,
    accountId,
    key: id,
    name,
    role,
    relation: relation ?? null,
    authority: footingOf(role),
    authorityNote: '',
    mayConfirm: false,
    attends: 'remote',
    number: Math.max(...circle.people.map((person) => person.number)) + 1,
    confidantOfClient: false,
    until: until ?? null,
    goals: goals ?? null,
  })
  return id
}

/** Somebody who was here before keeps their name and thread, so that their words stay theirs. */
async function seatAgain(
  tx: Tx,
  before: plans.PersonRow,
  { planId, role, relation, until, goals }: Inviting,
): Promise<string> {
  await plans.changePerson(tx, planId, before.id, {
    role,
    relation: relation ?? null,
    authority: footingOf(role),
    authorityNote: '',
    confidantOfClient: false,
    access: 'active',
    until: until ?? null,
    goals: goals ?? null,
  })
  return before.id
}

const isSame = (a: readonly string[] | null, b: readonly string[] | null): boolean =>
  [...(a ?? ['all'])].sort().join(' ') === [...(b ?? ['all'])].sort().join(' ')

export type Changing = {
  planId: string
  personId: string
  until?: string | null | undefined
  /** Picked by the client to read and write her own zone; nobody but she picks. */
  confidant?: boolean | undefined
  /** The goals they may see, and nothing else; null: the plan as their seat has it. */
  goals?: readonly string[] | null | undefined
  /** What the client said about that. */
  consent?: string | undefined
}

/**
 * Changes until when somebody has access, whether the client picked them for her own zone, or which
 * goals they may see. That is a consent of its own: what she said is kept with it.
 *
 * Refuses with `no-access`, `unknown-person`, `nothing-to-decide`, `reason-missing`, `unknown-goal`,
 * `needs-the-plan`.
 */
export async function changeSeat(
  deps: ActDeps,
  account: Account,
  asked: Changing,
): Promise<{ personId: string } | Refusal> {
  const seat = await inviter(deps, account, asked.planId, 'change-seat')
  if (isRefusal(seat)) return seat
  const { circle, me, client } = seat
  const { planId, personId } = asked
  const person = circle.people.find(({ id }) => id === personId)
  if (!person || person.access !== 'active') return 'unknown-person'
  if (person.role === 'client') return 'no-access'
  if (asked.confidant !== undefined && me.role !== 'client') return 'no-access'
  const until = asked.until === undefined ? person.until : asked.until
  const confidantOfClient = asked.confidant ?? person.confidantOfClient
  const goals = asked.goals === undefined ? (person.goals ?? null) : asked.goals
  const sees = isSame(goals, person.goals ?? null)
  const same = until === person.until && confidantOfClient === person.confidantOfClient
  if (same && sees) return 'nothing-to-decide'
  const text = asked.consent?.trim() ?? ''
  if (!sees && text === '') return 'reason-missing'
  const changed = await decide(deps, async (tx) => {
    if (!sees && goals) await checkGoals(tx, planId, person.role, goals)
    await plans.changePerson(tx, planId, personId, { ...person, until, confidantOfClient, goals })
    if (!sees) {
      const said = { planId, personId, givenBy: client.id, recordedBy: me.id }
      await access.addConsent(tx, { ...said, gives: true, text, until, goals })
    }
    const some = sees ? {} : { goals: goals && [...goals] }
    const body = { personId, until, confidant: confidantOfClient, ...some }
    await events.add(tx, { planId, kind: 'seat-changed', actorId: me.id, goalId: null, body })
    return { personId }
  })
  if (!isRefusal(changed)) await deps.peopleChanged(planId)
  return changed
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
  const seat = await inviter(deps, account, asked.planId, 'end-access')
  if (isRefusal(seat)) return seat
  const { circle, me, client } = seat
  const { planId, personId } = asked
  const person = circle.people.find(({ id }) => id === personId)
  if (!person) return 'unknown-person'
  if (person.role === 'client') return 'no-access'
  let signedOut: string[] = []
  const ended = await decide(deps, async (tx) => {
    if (!(await plans.endAccess(tx, planId, personId))) refuse('nothing-to-decide')
    await letIn.forget(tx, planId, personId)
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

/**
 * Ends every access whose agreed last day has passed. Nobody has to remember it.
 *
 * Each process does this; who was first has done it, and the others find nothing to end.
 */
export async function endOnAgreedDay(deps: ActDeps, today: string): Promise<number> {
  let count = 0
  for (const { planId, id } of await plans.overdue(deps.sql, today)) {
    let signedOut: string[] = []
    const ended = await decide(deps, async (tx) => {
      if (!(await plans.endAccess(tx, planId, id))) refuse('nothing-to-decide')
      await letIn.forget(tx, planId, id)
      const body = { personId: id, agreedDay: true }
      await events.add(tx, { planId, kind: 'access-ended', actorId: null, goalId: null, body })
      signedOut = await endLinks(tx, planId, id)
      return true
    })
    if (isRefusal(ended)) continue
    count++
    await deps.peopleChanged(planId)
    deps.sessionsEnded(signedOut)
  }
  return count
}
