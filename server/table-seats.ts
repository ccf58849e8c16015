/** Reading who sits at a table: what each may do and see, and what was said about it. */
import type { Refusal } from '#plan/refusals.ts'
import { mayLetInAs } from '#plan/access.ts'
import { ROLES, seesGoal, seesSomeGoals } from '#plan/people.ts'
import { mayBeForgotten } from '#plan/retention.ts'
import { decidesOf, seesOf, type Decides } from '#plan/seats.ts'
import type { ConsentView, ErasingPage, SeatsPage, SeatView } from '#live/seats.ts'
import type { App } from './app.ts'
import type { Account } from './auth/sessions.ts'
import { seatFor } from './acts.ts'
import * as access from './db/access.ts'
import * as plans from './db/plans.ts'
import { FORGOTTEN } from './forgetting.ts'
import { seated } from './seated.ts'
import { allows, type Circle } from './seats.ts'
import { personFor, personView } from './plan-views.ts'
import { goalViews } from './views.ts'

const consentView = (row: access.ConsentRow): ConsentView => ({
  gives: row.gives,
  givenBy: row.givenBy,
  recordedBy: row.recordedBy,
  text: row.text,
  until: row.until,
  at: row.at.toISOString(),
})

/** Everyone at a plan's table. Until when and on whose word: for those it concerns. */
export async function seatsPage(
  app: App,
  account: Account,
  planId: string,
): Promise<SeatsPage | Refusal> {
  const seat = await seated(app, account, planId)
  if (typeof seat === 'string') return seat
  const { circle, me } = seat
  const plan = await plans.find(app.db.sql, planId)
  if (!plan) return 'unknown-plan'
  const shared = (act: Parameters<typeof allows>[2]) => allows(circle, me, act, { zone: 'shared' })
  const onRequest = shared('invite-on-request')
  const invite = shared('invite') || onRequest
  const rows = await access.consents(app.db.sql, planId)
  const goals = (await goalViews(app.db.sql, circle)).map(({ id, agreed, words }) => ({
    id,
    text: (agreed?.words ?? words).plainText,
  }))
  const view = (person: plans.PersonRow): SeatView =>
    seatView(circle, me, person, {
      consents: invite || person.id === me.id ? rows : [],
      goals,
      invite,
    })
  return {
    plan: { id: plan.id, title: plan.title, callMe: plan.callMe },
    me: me.id,
    goals: invite ? goals.filter(({ text }) => text !== '') : [],
    seats: circle.people.filter((person) => person.access === 'active').map(view),
    before: invite ? circle.people.filter((person) => person.access === 'ended').map(view) : [],
    may: {
      invite,
      onRequest,
      inviteAs: ROLES.filter((role) => mayLetInAs(me, role, circle.people)),
      pick: me.role === 'client',
      represent: shared('record-representation'),
      seeLog: shared('see-who-looked'),
      erase: shared('erase-plan'),
    },
  }
}

/** What the page needs on which a whole plan is erased, for who may do that. */
export async function erasingPage(
  app: App,
  account: Account,
  planId: string,
): Promise<ErasingPage | Refusal> {
  const seat = await seatFor(app.acts, account, planId, 'erase-plan')
  if (typeof seat === 'string') return seat
  const { circle } = seat
  const plan = await plans.find(app.db.sql, planId)
  if (!plan) return 'no-access'
  const askers = circle.people.filter((one) => allows(circle, one, 'invite', { zone: 'shared' }))
  return {
    plan: { id: plan.id, title: plan.title, callMe: plan.callMe },
    askers: askers.map(personView),
  }
}

/** What somebody decides, as this reader may know it: not that the client was judged unable. */
function decidesFor(circle: Circle, me: plans.PersonRow, person: plans.PersonRow): Decides {
  const decides = decidesOf(person, circle.people)
  if (allows(circle, me, 'read', { zone: 'care' })) return decides
  if (decides === 'self-where-possible') return 'self'
  return decides === 'for-her-now' ? 'for-her-when-unable' : decides
}

function seatView(
  circle: Circle,
  me: plans.PersonRow,
  person: plans.PersonRow,
  of: {
    consents: readonly access.ConsentRow[]
    goals: SeatsPage['goals']
    invite: boolean
  },
): SeatView {
  const { consents, goals, invite } = of
  const { people } = circle
  const mine = consents.filter((row) => row.personId === person.id)
  return {
    person: personFor(circle, me, person),
    decides: decidesFor(circle, me, person),
    sees: seesOf(person, people),
    goals: seesSomeGoals(person, people)
      ? goals.filter(({ id }) => seesGoal(person, id, people))
      : null,
    confidant: person.confidantOfClient,
    until: invite || mine.length > 0 ? person.until : null,
    consents: mine.map(consentView).reverse(),
    mayEnd: invite && person.role !== 'client',
    mayForget: invite && mayBeForgotten(person) && person.name !== FORGOTTEN,
  }
}
