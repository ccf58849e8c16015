/** Plans, and the people at them, as one person may see them. */
import { isClient, isFamily, seesGoal, seesSomeGoals, type Person } from '#plan/people.ts'
import type { PersonView, PlanView } from '#live/wire.ts'
import * as documents from './db/documents.ts'
import * as goals from './db/goals.ts'
import type { Db } from './db/open.ts'
import * as plans from './db/plans.ts'
import { allows, thingOf, type Circle } from './seats.ts'
import { goalViews } from './views.ts'

/** That a client cannot decide some topics is for the care and herself; others see her as she is. */
const footing = ({ authority }: Person): PersonView['authority'] =>
  authority === 'self_where_possible' ? 'self' : authority

/** Somebody as everyone at the table sees them. */
export const personView = (person: plans.PersonRow): PersonView => ({
  id: person.id,
  key: person.key,
  name: person.name,
  ...(person.callMe && { callMe: person.callMe }),
  role: person.role,
  relation: person.relation,
  authority: footing(person),
  mayConfirm: person.mayConfirm,
  number: person.number,
  kind: isClient(person) ? 'client' : isFamily(person) ? 'family' : 'pro',
  remote: person.attends === 'remote',
  ...(person.goals && { goals: [...person.goals] }),
})

/** Somebody as this reader sees them: what was judged about the client only who may read of it. */
export const personFor = (circle: Circle, me: Person, person: plans.PersonRow): PersonView =>
  allows(circle, me, 'read', { zone: 'care' })
    ? { ...personView(person), authority: person.authority }
    : personView(person)

/**
 * A plan as one person on it may see it: of documents and goals only those they may read. Who sees
 * some goals only learns nothing else of the client.
 */
export async function planView(db: Db, circle: Circle, me: Person): Promise<PlanView | undefined> {
  const plan = await plans.find(db, circle.planId)
  if (!plan) return undefined
  const rows = await documents.ofPlan(db, plan.id)
  const some = seesSomeGoals(me, circle.people)
  const views = await goalViews(db, circle)
  return {
    id: plan.id,
    title: plan.title,
    client: {
      name: plan.clientName,
      callMe: plan.callMe,
      age: some ? null : plan.age,
      setting: some ? '' : plan.setting,
      about: some ? '' : plan.about,
    },
    people: circle.people.filter((p) => p.access === 'active').map((p) => personFor(circle, me, p)),
    documents: rows
      .filter((row) => allows(circle, me, 'read', thingOf(row)))
      .map(({ id, kind, zone, open, goalId }) => ({
        id,
        kind,
        zone,
        state: open ? 'open' : 'closed',
        goalId,
      })),
    goals: views.filter(({ id }) => allows(circle, me, 'read', { zone: 'shared', goalId: id })),
    standingActions: some ? [] : await plans.standingActions(db, plan.id),
  }
}

/** When a goal that somebody may read last changed. */
export async function lastChange(db: Db, circle: Circle, me: Person): Promise<string | null> {
  const seen = (await goals.ofPlan(db, circle.planId)).filter(({ id }) =>
    seesGoal(me, id, circle.people),
  )
  const moments = seen.map(({ changedAt }) => changedAt.toISOString())
  return moments.sort().at(-1) ?? null
}
