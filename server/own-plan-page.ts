/** The page of a persoonlijk plan, and its items for a file that is taken along. */
import { isRefusal, type Refusal } from '#plan/refusals.ts'
import type { OwnPlanItem, OwnPlanPage } from '#live/own-plan.ts'
import type { BoardView, PlanPage } from '#live/views.ts'
import type { GoalView } from '#live/wire.ts'
import type { App } from './app.ts'
import type { Account } from './auth/sessions.ts'
import type { Db } from './db/open.ts'
import * as plans from './db/plans.ts'
import { itemViews } from './own-plan.ts'
import { boards } from './plans.ts'
import { seated, type Seated } from './seated.ts'
import { allows } from './seats.ts'
import { personView } from './plan-views.ts'
import { goalViews } from './views.ts'

const cardsIn = (all: readonly BoardView[]) =>
  all
    .filter(({ zone }) => zone === 'shared' || zone === 'care')
    .flatMap(({ cards }) => cards.filter(({ text }) => text.trim() !== ''))
    .map(({ id, text }) => ({ id, text }))

const goalsIn = (all: readonly GoalView[]) =>
  all
    .map(({ id, agreed, words, wishes }) => ({
      id,
      text: (agreed?.words ?? words).plainText,
      wishes,
    }))
    .filter(({ text }) => text !== '')

/** The items somebody may read of a page of the whole plan. */
export const itemsOfPage = (
  db: Db,
  { circle, me }: Seated,
  page: Pick<PlanPage, 'boards' | 'plan'>,
): Promise<OwnPlanItem[]> =>
  itemViews(db, circle, me, { cards: cardsIn(page.boards), goals: goalsIn(page.plan.goals) })

/** The page of the persoonlijk plan: what was handed in, and what became of it. */
export async function ownPlanPage(
  app: App,
  account: Account,
  planId: string,
): Promise<OwnPlanPage | Refusal> {
  const seat = await seated(app, account, planId)
  if (isRefusal(seat)) return seat
  const { circle, me } = seat
  const { sql } = app.db
  const plan = await plans.find(sql, planId)
  if (!plan) return 'unknown-plan'
  const cards = cardsIn(await boards(app, seat))
  const goals = goalsIn(await goalViews(sql, circle))
  const mayDecide = allows(circle, me, 'decide-dissent', { zone: 'shared' })
  return {
    plan: { id: planId, title: plan.title, callMe: plan.callMe },
    me: me.id,
    mayDecide,
    people: circle.people.map(personView),
    items: await itemViews(sql, circle, me, { cards, goals }),
    cards: mayDecide ? cards : [],
    goals: mayDecide ? goals.map(({ id, text }) => ({ id, text })) : [],
  }
}
