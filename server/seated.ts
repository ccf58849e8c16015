/** From an account to its seat at a plan: where it sits, whether it may read there, and who looked. */
import type { Refusal } from '#plan/refusals.ts'
import { seesSomeGoals } from '#plan/people.ts'
import type { App } from './app.ts'
import type { Account } from './auth/sessions.ts'
import * as plans from './db/plans.ts'
import { allows, seatOf, sits, waitsForTalk, type Circle } from './seats.ts'

export type Seated = { circle: Circle; me: plans.PersonRow }

/**
 * What is read: one goal; `what-they-may`, where every word is chosen by what this person may see; or
 * the plan.
 */
type Reading = { goalId: string } | 'what-they-may'

/** The seat of an account at a plan, if it may read there. */
export async function seatAt(
  app: App,
  account: Account,
  planId: string,
  what?: Reading,
): Promise<Seated | null> {
  const circle = await app.seats.circle(planId)
  const me = account.handover === null ? seatOf(circle, account.id) : undefined
  if (!me) return null
  const goal = typeof what === 'object' ? what : {}
  const reads =
    what === 'what-they-may'
      ? sits(circle, me)
      : allows(circle, me, 'read', { zone: 'shared', ...goal })
  return reads ? { circle, me } : null
}

/**
 * The seat of an account at a plan, to read from. Whoever reads is in the access log by this, and
 * so is who is turned away.
 */
export async function seated(
  app: App,
  account: Account,
  planId: string,
  what?: Reading,
): Promise<Seated | Refusal> {
  if (account.handover !== null) return 'handed-over'
  const seat = await seatAt(app, account, planId, what)
  if (seat) {
    app.accessLog.did(seat.circle, seat.me, 'read')
    return seat
  }
  const { people } = await app.seats.circle(planId)
  if (waitsForTalk(people, account.id)) return 'between-talks'
  const isThere = people.length > 0
  if (isThere) app.accessLog.turnedAway(planId, account.id, 'read', 'shared')
  return 'no-access' // the same for a plan that is not there
}

/** Whether somebody was let in for some goals, so that these are the page they come to. */
export async function seesOnlyGoals(app: App, account: Account, planId: string): Promise<boolean> {
  const seat = await seatAt(app, account, planId, 'what-they-may')
  return seat !== null && seesSomeGoals(seat.me, seat.circle.people)
}

/** The plans an account may read: titles in a list are not what the access log calls looking. */
export async function plansOf(app: App, account: Account): Promise<plans.PlanRow[]> {
  const found: plans.PlanRow[] = []
  for (const plan of await plans.ofAccount(app.db.sql, account.id)) {
    if (await seatAt(app, account, plan.id, 'what-they-may')) found.push(plan)
  }
  return found
}

/** Where an account sits: at which plans, and as whom. */
export async function seatsOf(
  app: App,
  account: Account,
): Promise<{ planId: string; personId: string }[]> {
  const found: { planId: string; personId: string }[] = []
  for (const { id: planId } of await plans.ofAccount(app.db.sql, account.id)) {
    const seat = await seatAt(app, account, planId, 'what-they-may')
    if (seat) found.push({ planId, personId: seat.me.id })
  }
  return found
}

/** The plans an interpreter reads in as soon as a talk begins; of them no more than whose they are. */
export async function waitingFor(
  app: App,
  account: Account,
): Promise<Pick<plans.PlanRow, 'id' | 'callMe'>[]> {
  const found: Pick<plans.PlanRow, 'id' | 'callMe'>[] = []
  for (const { id, callMe } of await plans.ofAccount(app.db.sql, account.id)) {
    const { people } = await app.seats.circle(id)
    if (waitsForTalk(people, account.id)) found.push({ id, callMe })
  }
  return found
}
