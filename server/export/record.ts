/** What every export is made from: the shared part of a plan, for who may take a copy with them. */
import type { Refusal } from '#plan/refusals.ts'
import type { OwnPlanItem } from '#live/own-plan.ts'
import type { CardView, DecidedView, PlanPage } from '#live/views.ts'
import type { PlanView } from '#live/wire.ts'
import type { App } from '../app.ts'
import type { Account } from '../auth/sessions.ts'
import * as access from '../db/access.ts'
import * as agreement from '../db/agreement.ts'
import * as events from '../db/events.ts'
import * as goals from '../db/goals.ts'
import * as photos from '../db/photos.ts'
import type { PersonRow } from '../db/plans.ts'
import { isOfSharedBoard } from '../own-plan.ts'
import { itemsOfPage } from '../own-plan-page.ts'
import { planPage } from '../plans.ts'
import { seated, type Seated } from '../seated.ts'
import { allows } from '../seats.ts'

export type PlanRecord = {
  plan: PlanView
  /** Everyone who has or had a seat: who answered and left stays named. */
  people: readonly PersonRow[]
  /** The cards of the shared board; those of the other zones leave in no export but one's own. */
  cards: CardView[]
  /** Which wishes are not followed and why (L5), and where the nine topics stand. */
  decided: DecidedView
  /** What was handed in as a persoonlijk plan, and what became of it (L4); of the shared part. */
  ownPlan: OwnPlanItem[]
  /** The photos of those cards, by card. */
  photos: ReadonlyMap<string, photos.PhotoRow & { data: Uint8Array }>
  versions: goals.VersionRow[]
  answers: agreement.AnswerRow[]
  dissents: agreement.DissentRow[]
  reviews: goals.ReviewRow[]
  consents: access.ConsentRow[]
  /** The chain of what was decided: its first moment, how long it is, and its head. */
  chain: { since: Date; events: number; head: string }
  at: Date
}

/**
 * A plan as somebody who may take a copy with them sees it (L17), and where they sit; the access log
 * notes that it was taken.
 */
export async function takeAlong(
  app: App,
  account: Account,
  planId: string,
): Promise<{ seat: Seated; page: PlanPage } | Refusal> {
  const seat = await seated(app, account, planId)
  if (typeof seat === 'string') return seat
  const { circle, me } = seat
  const allowed = allows(circle, me, 'export', { zone: 'shared' })
  app.accessLog.did(circle, me, 'export', { allowed })
  if (!allowed) return 'no-access'
  const page = await planPage(app, account, planId)
  return typeof page === 'string' ? page : { seat, page }
}

/** Gathers what is shared of a plan to take along. */
export async function planRecord(
  app: App,
  account: Account,
  planId: string,
): Promise<PlanRecord | Refusal> {
  const taken = await takeAlong(app, account, planId)
  if (typeof taken === 'string') return taken
  const { seat, page } = taken
  const { people } = seat.circle
  const { sql } = app.db
  const chain = await events.ofPlan(sql, planId)
  const at = new Date()
  const board = page.boards.find(({ zone }) => zone === 'shared')
  return {
    plan: page.plan,
    people,
    cards: board?.cards ?? [],
    photos: new Map(
      (await photos.whole(sql, board ? [board.documentId] : [])).map((one) => [one.cardId, one]),
    ),
    decided: page.decided,
    ownPlan: (await itemsOfPage(sql, seat, page)).filter((item) => isOfSharedBoard(people, item)),
    versions: await goals.versions(sql, planId),
    answers: await agreement.answers(sql, planId),
    dissents: await agreement.dissents(sql, planId),
    reviews: await goals.reviews(sql, planId),
    consents: await access.consents(sql, planId),
    chain: { since: chain[0]?.at ?? at, events: chain.length, head: chain.at(-1)?.hash ?? '' },
    at,
  }
}
