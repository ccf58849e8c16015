/** Importing a care plan: the demo plans at first start and `POST /api/plans`, all or nothing. */
import { isRefusal, type Refusal } from '#plan/refusals.ts'
import { MATRIX } from '#plan/access.ts'
import { responsibleProfessional, seatOf as seatIn, type Person } from '#plan/people.ts'
import { decide, type ActDeps } from '../acts.ts'
import type { Account } from '../auth/sessions.ts'
import { hashPassword } from '../auth/passwords.ts'
import * as days from '../db/days.ts'
import * as access from '../db/access.ts'
import * as events from '../db/events.ts'
import * as organisations from '../db/organisations.ts'
import * as plans from '../db/plans.ts'
import type { Sql, Tx } from '../db/open.ts'
import { newId } from '../ids.ts'
import { seatOf } from '../seats.ts'
import { addDemoOrganisations } from './organisations.ts'
import { addBoards, cardsOf } from './boards.ts'
import { addGoals } from './goals.ts'
import { addNotFollowed } from './decided.ts'
import { addPeople } from './people.ts'
import { addJudgements } from './judgements.ts'
import { readPlan, type Fault, type ImportedPlan } from './schema.ts'

/** The password of every demo person. */
const DEMO_PASSWORD = 'aan-tafel'

/** At its first start a slow machine may take long: nobody waits at a screen yet. */
const DEMO_MS = 600_000

class Faulty extends Error {
  readonly faults: Fault[]
  constructor(faults: Fault[]) {
    super('the plan does not hold together')
    this.faults = faults
  }
}

export type Imported = { id: string } | { faults: Fault[] } | Refusal

/**
 * Reads a plan from unknown input and takes it in.
 *
 * Every fault is named with its path; with one fault nothing is taken in. The plan's own `id` is
 * kept when it is free. It belongs to the organisation of who brings it in. On the demo database its people can sign in with the demo password.
 */
export async function importPlan(
  deps: ActDeps,
  raw: unknown,
  demo: boolean,
  account: Pick<Account, 'id'> | null = null,
): Promise<Imported> {
  const read = readPlan(raw)
  if ('faults' in read) return read
  const passwordHash = demo ? await hashPassword(DEMO_PASSWORD) : null
  try {
    return await decide(deps, async (tx) => {
      const taken = await take(tx, read.plan, passwordHash)
      const home = account && (await organisations.worksFor(tx, account.id))
      if (home) await organisations.takePlans(tx, home, [taken.id])
      return taken
    })
  } catch (error) {
    if (error instanceof Faulty) return { faults: error.faults }
    throw error
  }
}

async function take(
  tx: Tx,
  plan: ImportedPlan,
  passwordHash: string | null,
): Promise<{ id: string }> {
  const free = plan.id !== undefined && !(await plans.isTaken(tx, plan.id))
  const id = free ? plan.id! : newId()
  const { client } = plan
  await plans.add(tx, {
    id,
    title: `Het plan van ${client.name.replace(/^(mevrouw|meneer|mevr\.|dhr\.)\s+/i, '')}`,
    clientName: client.name,
    callMe: client.callMe,
    age: client.age ?? null,
    setting: client.setting,
    law: client.law,
    about: client.about,
  })
  const people = await addPeople(tx, id, plan, passwordHash)
  await events.add(tx, { planId: id, kind: 'plan-imported', actorId: null, goalId: null, body: {} })
  const circle = { planId: id, people: await plans.people(tx, id) }
  const { entries, wishes, faults } = cardsOf(plan, people)
  await addBoards(tx, id, circle.people, entries)
  const topics = await addJudgements(tx, id, plan, circle.people)
  if (faults.length === 0)
    faults.push(...(await addGoals({ tx, plan, circle, people, wishes, topics })))
  if (faults.length === 0) faults.push(...(await addNotFollowed(tx, plan, circle, wishes)))
  if (faults.length > 0) throw new Faulty(faults)
  for (const [at, { text, doneBy, when, taskAccepted }] of plan.agreements.entries()) {
    if (plan.agreements[at]?.goalId !== null) continue
    const who = doneBy === null ? null : people.get(doneBy)!.id
    await plans.addStandingAction(tx, id, at, {
      id: newId(),
      what: text,
      who,
      when,
      accepted: taskAccepted,
    })
  }
  await addConsents(tx, id, plan, people)
  for (const [at, { what, date }] of plan.deadlines.entries()) {
    await tx`insert into deadline ${tx({ plan_id: id, place: at, what, on_day: date })}`
  }
  await addDays(tx, id, plan)
  return { id }
}

async function addDays(tx: Tx, id: string, plan: ImportedPlan): Promise<void> {
  const { startedOn, reviewedOn, setOn } = plan
  if (startedOn) await days.add(tx, id, { kind: 'started', onDay: startedOn, by: null })
  for (const onDay of reviewedOn) await days.add(tx, id, { kind: 'reviewed', onDay, by: null })
  for (const onDay of setOn) await days.add(tx, id, { kind: 'set', onDay, by: null })
}

/** What the client said about others reading along, kept as it would be when they are invited. */
async function addConsents(
  tx: Tx,
  planId: string,
  plan: ImportedPlan,
  people: ReadonlyMap<string, Person>,
): Promise<void> {
  const recordedBy = responsibleProfessional([...people.values()])
  for (const { grantor, grantee, text, date, status } of plan.sharingConsents) {
    const givenBy = people.get(grantor)!.id
    await access.addConsent(tx, {
      planId,
      personId: people.get(grantee)!.id,
      givenBy,
      recordedBy: recordedBy?.id ?? givenBy,
      gives: status === 'active',
      text,
      until: null,
      at: new Date(`${date}T12:00:00Z`),
    })
  }
}

/** Whether an account may bring in plans: who has a care role at a plan already. */
export async function mayImport(deps: ActDeps, account: Account): Promise<boolean> {
  for (const { id } of await plans.ofAccount(deps.sql, account.id)) {
    const circle = await deps.seats.circle(id)
    const me = seatOf(circle, account.id)
    if (me && MATRIX.import.shared.includes(seatIn(me, circle.people))) return true
  }
  return false
}

/** Takes in the demo plans that are not there yet, and says so first; a fault in them stops the start. */
export async function importDemo(
  deps: ActDeps,
  sql: Sql,
  raw: unknown,
  begins = () => {},
): Promise<number> {
  if ((await plans.all(sql)).length > 0) {
    await addDemoOrganisations(sql, DEMO_PASSWORD) // a demo of before there were any
    return 0
  }
  begins()
  const found = raw as { plans: unknown[] }
  const patient = { ...deps, queryMs: DEMO_MS }
  for (const plan of found.plans) {
    const imported = await importPlan(patient, plan, true)
    if (isRefusal(imported)) throw new Error(`a demo plan was refused: ${imported}`)
    if ('faults' in imported)
      throw new Error(`a demo plan is faulty: ${JSON.stringify(imported.faults)}`)
  }
  await addDemoOrganisations(sql, DEMO_PASSWORD)
  return found.plans.length
}
