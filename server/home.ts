/** The home of a client or a relative: what goes on, what waits for them, and what they do. */
import { dayOf } from '#plan/deadlines.ts'
import type { Meeting } from '#plan/meeting.ts'
import {
  clientOf,
  isClient,
  isFamily,
  responsibleProfessional,
  seesGoal,
  seesSomeGoals,
  type PersonId,
} from '#plan/people.ts'
import { readersOf } from '#plan/seats.ts'
import type { AddTo, HomePlan } from '#live/home.ts'
import type { GoalView, PersonView } from '#live/wire.ts'
import type { App } from './app.ts'
import type { Account, Holder } from './auth/sessions.ts'
import * as documents from './db/documents.ts'
import * as meetings from './db/meetings.ts'
import type { MeetingRow } from './db/meetings.ts'
import * as plans from './db/plans.ts'
import { preparationOf } from './preparation.ts'
import { seated, type Seated } from './seated.ts'
import { allows, type Circle } from './seats.ts'
import { personView } from './plan-views.ts'
import { goalViews } from './views.ts'
import { waitingForHer, waitsFor } from './waits.ts'

/** Everything somebody finds at home; empty for who sits at no plan as client or relative. */
export async function homePlans(app: App, account: Account): Promise<HomePlan[]> {
  const found: HomePlan[] = []
  for (const plan of await plans.ofAccount(app.db.sql, account.id)) {
    const seat = await seated(app, account, plan.id, 'what-they-may')
    if (typeof seat === 'string') continue
    const { circle, me } = seat
    const client = viewOf(circle, clientOf(circle.people)?.id)
    if (!client || !(isClient(me) || isFamily(me))) continue
    const some = seesSomeGoals(me, circle.people)
    const goals = (await goalViews(app.db.sql, circle)).filter(({ id }) =>
      seesGoal(me, id, circle.people),
    )
    const forHer = await waitingForHer(app.db.sql, circle, goals)
    const meeting = some ? undefined : await meetings.current(app.db.sql, plan.id)
    const agreed = goals.flatMap((goal) =>
      (goal.agreed?.words.actions ?? [])
        .filter(({ who }) => who === me.id)
        .map(({ what, when }) => ({ goalId: goal.id, what, when })),
    )
    found.push({
      id: plan.id,
      callMe: plan.callMe,
      someGoals: some,
      me: personView(me),
      client,
      helper: viewOf(circle, responsibleProfessional(circle.people)?.id) ?? null,
      addTo: await addTo(app, seat),
      meeting: meeting?.state === 'under-way' ? present(circle, meeting.body) : null,
      coming: meeting ? await coming(app, meeting, me.id) : null,
      waits: [
        ...(forHer?.personId === me.id ? forHer.goals : []).map((goal) => waitOf(goal, true)),
        ...goals.filter((goal) => waitsFor(goal, me.id)).map((goal) => waitOf(goal, false)),
      ],
      does: agreed,
    })
  }
  return found
}

const waitOf = ({ id, words }: GoalView, forHer: boolean) => ({
  id,
  text: words.plainText,
  forHer,
})

/** The board for everyone, where this person may write on it; with who else reads it. */
async function addTo(app: App, { circle, me }: Seated): Promise<AddTo | null> {
  const rows = await documents.ofPlan(app.db.sql, circle.planId)
  const board = rows.find(({ kind, zone, open }) => kind !== 'goal' && zone === 'shared' && open)
  if (!board || !allows(circle, me, 'write', { zone: 'shared', owner: null })) return null
  const readers = readersOf('shared', circle.people).filter(({ id }) => id !== me.id)
  return { planId: circle.planId, documentId: board.id, readers: readers.map(personView) }
}

/** A meeting that is planned, for who is asked to it, until its day has gone by. */
async function coming(app: App, meeting: MeetingRow, me: PersonId): Promise<HomePlan['coming']> {
  const { id, state, people, onAt, place, link } = meeting
  if (state !== 'planned' || !people.includes(me) || dayOf(onAt) < dayOf(new Date())) return null
  const { handedInAt } = await preparationOf(app.db.sql, id, me)
  return { onAt: onAt.toISOString(), place, link, handedInAt }
}

const present = (circle: Circle, { presence }: Meeting): PersonView[] =>
  Object.entries(presence).flatMap(([id, { how }]) =>
    how === 'absent' ? [] : (viewOf(circle, id) ?? []),
  )

function viewOf(circle: Circle, id: string | undefined) {
  const person = circle.people.find((one) => one.id === id)
  return person && personView(person)
}

/** Where somebody begins: a client and who is close to her at home, who works in care at their plans. */
export function homeOf(holder: Holder | null): '/thuis' | '/plannen' | null {
  if (!holder || holder.step !== null || holder.handover !== null) return null
  const own = holder.roles.every((role) => isClient({ role }) || isFamily({ role }))
  return own && holder.roles.length > 0 ? '/thuis' : '/plannen'
}

/** Where somebody lands: on a phone a client or a relative finds their own home first. */
export const isPhone = ({ headers }: Request): boolean =>
  headers.get('sec-ch-ua-mobile') === '?1' || /\bMobi/.test(headers.get('user-agent') ?? '')
