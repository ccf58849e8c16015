/** Reading one plan, its boards and its goals; always for one person. */
import * as Y from 'yjs'
import type { Zone } from '#plan/access.ts'
import type { Refusal } from '#plan/refusals.ts'
import type { Person } from '#plan/people.ts'
import { readersOf } from '#plan/seats.ts'
import { isImported, runsOf, stretches } from '#live/attribution.ts'
import { boardOf, goalOf, readCards, readGoal } from '#live/documents.ts'
import { newsOf, readVector, type Vector } from '#live/news.ts'
import type {
  BoardView,
  CardView,
  DraftView,
  DutiesView,
  GoalPage,
  Permissions,
  PlanPage,
  Writers,
} from '#live/views.ts'
import type { GoalView, PlanView } from '#live/wire.ts'
import type { App } from './app.ts'
import type { Account } from './auth/sessions.ts'
import { decidingOf } from './deciding.ts'
import { dutiesOf } from './duties.ts'
import { decidedView } from './decided.ts'
import * as documents from './db/documents.ts'
import * as events from './db/events.ts'
import * as goals from './db/goals.ts'
import { visit, type Vectors } from './db/seen.ts'
import { partView } from './let-in.ts'
import { photoViews } from './photos.ts'
import { remarkViews } from './remarks.ts'
import { vectorsNow } from './seen.ts'
import { applyQuietly } from './sync/judge/apply.ts'
import { seated, type Seated } from './seated.ts'
import { allows, thingOf, type Circle } from './seats.ts'
import { planView } from './plan-views.ts'
import { goalView } from './views.ts'

/** One plan as this account may see it. */
export async function readPlan(
  app: App,
  account: Account,
  planId: string,
): Promise<PlanView | Refusal> {
  const seat = await seated(app, account, planId, 'what-they-may')
  if (typeof seat === 'string') return seat
  return (await planView(app.db.sql, seat.circle, seat.me)) ?? 'unknown-plan'
}

/** One goal as this account may see it. */
export async function readGoalView(
  app: App,
  account: Account,
  goalId: string,
): Promise<GoalView | Refusal> {
  const row = await goals.find(app.db.sql, goalId)
  if (!row) return 'no-access'
  const seat = await seated(app, account, row.planId, { goalId })
  if (typeof seat === 'string') return seat
  app.accessLog.did(seat.circle, seat.me, 'read', { goalId })
  return (await goalView(app.db.sql, seat.circle, goalId)) ?? 'unknown-goal'
}

export function permissions(circle: Circle, me: Person): Permissions {
  const shared = (act: Parameters<typeof allows>[2]) => allows(circle, me, act, { zone: 'shared' })
  return {
    write: shared('write'),
    createGoal: shared('create-goal'),
    present: shared('present'),
    revise: shared('revise'),
    answerForClient: shared('answer-for-client'),
    decideDissent: shared('decide-dissent'),
    removeAnyCard: shared('remove-any-card'),
    addObservation: shared('add-observation'),
    addPoint: shared('add-point'),
  }
}

/** A document as it is now, and whose hand each client id is; from memory where it is open. */
async function documentNow(
  app: App,
  id: string,
): Promise<{ doc: Y.Doc; writers: Writers; imported: number[]; done(): void }> {
  const { sql } = app.db
  const imported = await documents.imported(sql, id)
  const room = app.rooms.open(id)
  if (room) return { doc: room.live, writers: writersFrom(room.hands), imported, done: () => {} }
  const doc = new Y.Doc()
  applyQuietly(doc, (await documents.content(sql, id)).updates)
  const hands = await documents.hands(sql, id)
  const writers = writersFrom(new Map(hands.map((h) => [h.clientId, h.personId])))
  return { doc, writers, imported, done: () => doc.destroy() }
}

const writersFrom = (hands: ReadonlyMap<number, string | null>): Writers => {
  const writers: Writers = {}
  for (const [clientId, personId] of hands) if (personId !== null) writers[clientId] = personId
  return writers
}

/** Whose hand each client id of a document is; for who may read the document. */
export async function writersOf(
  app: App,
  account: Account,
  id: string,
): Promise<Writers | Refusal> {
  const row = await documents.find(app.db.sql, id)
  if (!row) return 'no-access'
  const goal = row.goalId === null ? undefined : { goalId: row.goalId }
  const seat = await seated(app, account, row.planId, goal)
  if (typeof seat === 'string') return seat
  const allowed = allows(seat.circle, seat.me, 'read', thingOf(row))
  const { zone, goalId } = row
  app.accessLog.did(seat.circle, seat.me, 'read', { zone, goalId, documentId: id, allowed })
  if (!allowed) return 'no-access'
  const { writers, done } = await documentNow(app, id)
  done()
  return writers
}

const asItIs = (doc: Y.Doc): Vector => Y.decodeStateVector(Y.encodeStateVector(doc))

function cardViews(
  doc: Y.Doc,
  writers: Writers,
  taken: readonly number[],
  since: Vector,
  me: string,
): CardView[] {
  const { cards } = boardOf(doc)
  const imported = new Set(taken)
  return readCards(doc).map((card): CardView => {
    const text = cards.get(card.id)?.get('text')
    const runs = text instanceof Y.Text ? runsOf(text) : []
    const found = stretches(runs, (clientId) => writers[clientId] ?? null, imported)
    return {
      ...card,
      stretches: found,
      news: newsOf(doc, card.id, since, (hand) => (writers[hand] ?? me) === me),
      writers: [...new Set(found.flatMap((s) => s.writer ?? []))],
      imported: isImported(found),
    }
  })
}

/** Every board of a plan this person may read; of the others not a byte. */
export async function boards(
  app: App,
  { circle, me }: Seated,
  before: Vectors | null = null,
  only?: Zone,
): Promise<BoardView[]> {
  const rows = await documents.ofPlan(app.db.sql, circle.planId)
  const views: BoardView[] = []
  for (const row of rows.filter(({ kind }) => kind !== 'goal')) {
    if (only && row.zone !== only) continue
    const thing = { zone: row.zone, owner: row.ownerId }
    if (!allows(circle, me, 'read', thing)) continue
    app.accessLog.did(circle, me, 'read', { zone: row.zone, documentId: row.id })
    const { doc, writers, imported, done } = await documentNow(app, row.id)
    const mayWrite = row.open && allows(circle, me, 'write', thing)
    const readers = readersOf(row.zone, circle.people, row.ownerId).map(({ id }) => id)
    const { id: documentId, zone, ownerId: owner } = row
    const mayErase = allows(circle, me, 'erase', thing)
    // a board that was not there to be read when the reader last looked is not news as a whole
    const since = before?.[row.id] ?? null
    const vector = since === null ? asItIs(doc) : readVector(since)
    const cards = cardViews(doc, writers, imported, vector, me.id)
    const part = zone === 'care' && owner !== null ? partView(circle, me, owner) : null
    const rights = { mayWrite, mayErase, readers }
    views.push({ documentId, zone, owner, part, ...rights, cards, imported, since })
    done()
  }
  return views
}

/** Everything the board page needs, so that it can be read before any script runs. */
export async function planPage(
  app: App,
  account: Account,
  planId: string,
): Promise<PlanPage | Refusal> {
  const seat = await seated(app, account, planId)
  if (typeof seat === 'string') return seat
  const { circle, me } = seat
  const plan = await planView(app.db.sql, circle, me)
  if (!plan) return 'unknown-plan'
  const { sql } = app.db
  const { at, vectors } = await visit(sql, planId, me.id, await vectorsNow(app, circle, me))
  const moved = await events.since(sql, planId, me.id, at)
  return {
    plan,
    me: me.id,
    may: permissions(circle, me),
    boards: await boards(app, seat, vectors),
    decided: await decidedView(sql, planId),
    newGoals: [...new Set(moved.map(({ goalId }) => goalId))],
    remarks: await remarkViews(sql, circle, me),
    photos: await photoViews(sql, circle, me),
  }
}

/** Everything the page of one goal needs. */
export async function goalPage(
  app: App,
  account: Account,
  planId: string,
  goalId: string,
): Promise<GoalPage | Refusal> {
  const seat = await seated(app, account, planId, { goalId })
  if (typeof seat === 'string') return seat
  const { circle, me } = seat
  const plan = await planView(app.db.sql, circle, me)
  if (!plan) return 'unknown-plan'
  const goal = plan.goals.find(({ id }) => id === goalId)
  if (!goal) return 'unknown-goal'
  app.accessLog.did(circle, me, 'read', { goalId })
  const shared = (await boards(app, seat, null, 'shared')).find(({ zone }) => zone === 'shared')
  const wishes = shared?.cards.filter(({ id }) => goal.wishes.includes(id)) ?? []
  const otherWishes =
    shared?.cards.filter(({ id, kind }) => kind === 'wish' && !goal.wishes.includes(id)) ?? []
  const draft = goal.documentId === null ? null : await draftView(app, goal.documentId)
  const deciding = await decidingOf(app.db.sql, circle, me, goal)
  const remarks = (await remarkViews(app.db.sql, circle, me)).filter((r) => r.goalId === goalId)
  const may = permissions(circle, me)
  return { plan, me: me.id, may, goal, draft, deciding, wishes, otherWishes, remarks }
}

async function draftView(app: App, documentId: string): Promise<DraftView> {
  const { doc, writers, imported, done } = await documentNow(app, documentId)
  const { goal, actions } = goalOf(doc)
  const { area, reviewOn, actions: list } = readGoal(doc)
  const by = (text: unknown) =>
    text instanceof Y.Text
      ? stretches(runsOf(text), (id) => writers[id] ?? null, new Set(imported))
      : []
  const view: DraftView = {
    documentId,
    imported,
    area,
    reviewOn,
    plainText: by(goal.get('plainText')),
    professionalText: by(goal.get('professionalText')),
    success: by(goal.get('success')),
    actions: list.map(({ id, who }) => {
      const fields = actions.get(id)
      return { id, who, what: by(fields?.get('what')), when: by(fields?.get('when')) }
    }),
  }
  done()
  return view
}

/** What the law asks of a plan now; null for who cannot act on it. */
export async function planDuties(
  app: App,
  account: Account,
  planId: string,
): Promise<DutiesView | null> {
  const seat = await seated(app, account, planId)
  return typeof seat === 'string' ? null : dutiesOf(app.db.sql, seat.circle, seat.me)
}
