/** Making a plan: the person it is for, who sits at the table, and the questions it begins with. */
import { generateNKeysBetween } from 'fractional-indexing'
import type { Area } from '#plan/areas.ts'
import { isFamily, isProfessional, isRepresentative, isTherapist, type Role } from '#plan/people.ts'
import { isRefusal, type Refusal } from '#plan/refusals.ts'
import { addQuestion } from '#live/documents.ts'
import { decide, type ActDeps } from './acts.ts'
import { sendLink } from './auth/links.ts'
import type { Account } from './auth/sessions.ts'
import * as access from './db/access.ts'
import * as accounts from './db/accounts.ts'
import * as days from './db/days.ts'
import * as documents from './db/documents.ts'
import * as events from './db/events.ts'
import type { Tx } from './db/open.ts'
import * as organisations from './db/organisations.ts'
import * as plans from './db/plans.ts'
import type { NewPlan } from './doors-plans.ts'
import type { Fault } from './import/schema.ts'
import { mayImport } from './import/plan.ts'
import { newId } from './ids.ts'
import { Scribe } from './rounds.ts'

/** The words of a template's questions, in the language of who makes the plan. */
export type Asked = { text: string; area: Area | null }

export type Made = { id: string } | { faults: Fault[] } | Refusal

/** What only shows when all of it is seen together: each fault at its field. */
function faultsOf(asked: NewPlan, mine: string): Fault[] {
  const faults: Fault[] = []
  const seen = new Set([mine])
  const mail = (email: string, path: string) => {
    const plain = email.trim().toLowerCase()
    if (seen.has(plain)) faults.push({ path, fault: plain === mine ? 'yours' : 'twice' })
    seen.add(plain)
  }
  if (asked.client.email) mail(asked.client.email, 'client.email')
  asked.people.forEach(({ email }, at) => mail(email, `people.${at}.email`))
  const guests = asked.people.some(({ role }) => !isCarer(role))
  if (guests && asked.consent.trim() === '') faults.push({ path: 'consent', fault: 'missing' })
  return faults
}

const isCarer = (role: Role): boolean => isProfessional({ role } as never)

/**
 * Makes a plan with its people, boards and first questions: all of it or nothing.
 *
 * Who has a care role at some plan may. Nobody gets a password here: each is mailed a
 * personal link. For those who are no carers the client's consent is recorded with their seat.
 */
export async function makePlan(
  deps: ActDeps,
  account: Account,
  asked: NewPlan,
  questions: readonly Asked[],
): Promise<Made> {
  if (!(await mayImport(deps, account))) return 'no-access'
  const faults = faultsOf(asked, account.email.toLowerCase())
  if (faults.length > 0) return { faults }
  const made = await decide(deps, (tx) => make(tx, deps.linkDays, account, asked, questions))
  if (isRefusal(made)) return made
  const circle = await deps.seats.circle(made.id)
  const me = circle.people.find(({ accountId }) => accountId === account.id)
  if (me) deps.log.did(circle, me, 'make-plan')
  return made
}

async function make(
  tx: Tx,
  linkDays: number,
  account: Account,
  asked: NewPlan,
  questions: readonly Asked[],
): Promise<{ id: string }> {
  const id = newId()
  const { client, template, startedOn } = asked
  const plain = client.name.replace(/^(mevrouw|meneer|mevr\.|dhr\.)\s+/i, '')
  await plans.add(tx, {
    id,
    title: `Het plan van ${plain}`,
    clientName: client.name,
    callMe: client.callMe,
    age: client.age ?? null,
    setting: client.setting,
    law: client.law,
    about: '',
  })
  const organisationId = await organisations.worksFor(tx, account.id)
  if (organisationId !== null) await organisations.takePlans(tx, organisationId, [id])
  const clientId = await seat(tx, id, 1, await accountFor(tx, client.email, client.name), {
    name: client.name,
    role: 'client',
    authority: client.decides,
  })
  const meId = await seat(tx, id, 2, account.id, {
    name: account.name,
    role: asked.myRole,
    authority: 'professional',
  })
  for (const [at, person] of asked.people.entries()) {
    const { name, email, role, relation } = person
    const accountId = await accountFor(tx, email, name)
    const by = { id: meId, name: account.name }
    const personId = await seat(tx, id, at + 3, accountId, {
      name,
      role,
      relation: relation || null,
      authority: footing(role),
    })
    await sendLink(tx, linkDays, { planId: id, personId, accountId }, by)
    if (!isCarer(role)) {
      const said = { givenBy: clientId, recordedBy: meId, gives: true, until: null }
      await access.addConsent(tx, { planId: id, personId, ...said, text: asked.consent.trim() })
    }
  }
  await days.add(tx, id, { kind: 'started', onDay: startedOn, by: meId })
  await addEmptyBoards(tx, id, questions)
  const body = { template, startedOn, people: asked.people.length + 2 }
  await events.add(tx, { planId: id, kind: 'plan-made', actorId: meId, goalId: null, body })
  return { id }
}

const footing = (role: Role) => {
  if (isRepresentative({ role })) return 'representative' as const
  if (isFamily({ role })) return 'own_task' as const
  if (role === 'client_supporter' || role === 'confidant') return 'supports_client' as const
  return 'professional' as const
}

/** The account of a mail address; without one, an account nobody can write to or sign in with. */
async function accountFor(tx: Tx, email: string | undefined, name: string): Promise<string> {
  const known = email ? await accounts.byEmail(tx, email) : undefined
  if (known) return known.id
  const id = newId()
  await accounts.add(tx, { id, email: email || `${id}@nobody.invalid`, name, passwordHash: null })
  return id
}

async function seat(
  tx: Tx,
  planId: string,
  number: number,
  accountId: string,
  who: Pick<plans.NewPerson, 'name' | 'role' | 'authority'> & { relation?: string | null },
): Promise<string> {
  const id = newId()
  await plans.addPerson(tx, {
    relation: null,
    ...who,
    planId,
    id,
    accountId,
    key: id,
    authorityNote: '',
    mayConfirm: who.role !== 'interpreter' && who.role !== 'confidant',
    attends: '',
    number,
    confidantOfClient: false,
  })
  if (isTherapist(who)) await documents.addOwn(tx, planId, newId(), id, 'care-part')
  return id
}

/** A board for each zone; the questions stand on the shared one, in nobody's hand. */
async function addEmptyBoards(tx: Tx, planId: string, questions: readonly Asked[]): Promise<void> {
  const places = generateNKeysBetween(null, null, questions.length)
  for (const zone of ['shared', 'care', 'client'] as const) {
    const id = newId()
    const row = { planId, id, kind: 'board', zone } as const
    await documents.add(tx, { ...row, goalId: null, round: null, ownerId: null })
    if (zone !== 'shared' || questions.length === 0) continue
    const scribe = new Scribe()
    for (const [at, question] of questions.entries()) {
      addQuestion(scribe.doc, { id: newId(), ...question, order: places[at]! })
    }
    await scribe.keep(tx, { planId, id })
  }
}
