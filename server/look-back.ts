/** Looking back: what people wrote and decided, in the order in which it happened. */
import * as Y from 'yjs'
import type { Refusal } from '#plan/refusals.ts'
import { runsOf, stretches } from '#live/attribution.ts'
import { contributions, type Contribution, type Logged } from '#live/contributions.ts'
import { boardOf, goalOf, readGoal, ROOTS } from '#live/documents.ts'
import type { ContributionView, LookBackPage, Moment, WordsThen } from '#live/look-back.ts'
import type { App } from './app.ts'
import type { Account } from './auth/sessions.ts'
import { firstBreak } from './chain.ts'
import * as documents from './db/documents.ts'
import * as events from './db/events.ts'
import type { Db } from './db/open.ts'
import { history, type HistoryLine } from './history.ts'
import { planPage } from './plans.ts'
import { seated, type Seated } from './seated.ts'
import { readDocument } from './rounds.ts'
import { proofOf } from './proof.ts'
import { allows } from './seats.ts'
import { personView } from './plan-views.ts'

type Told = { view: ContributionView; words: WordsThen | null }

const view = (row: documents.DocumentRow, one: Contribution): ContributionView => ({
  documentId: row.id,
  goalId: row.goalId,
  zone: row.zone,
  personId: one.personId,
  field: one.field,
  from: one.from.toISOString(),
  to: one.to.toISOString(),
  before: one.before,
  after: one.after,
  added: one.added,
  saidBy: one.saidBy,
  deleted: one.deleted,
})

/** What people wrote in one document, each with the words as they stood at the end of it. */
async function toldOf(db: Db, row: documents.DocumentRow): Promise<Told[]> {
  const log: Logged[] = await documents.log(db, row.id)
  const hands = await documents.hands(db, row.id)
  const writers = new Map(hands.map(({ clientId, personId }) => [clientId, personId]))
  const writerOf = (clientId: number) => writers.get(clientId) ?? null
  // what the server put there itself came along with a plan, or from the round before
  const found = contributions(log, ROOTS[row.kind], writerOf).filter((one) => one.personId !== null)
  const doc = new Y.Doc()
  const told: Told[] = []
  for (const [at, { data }] of log.entries()) {
    Y.applyUpdate(doc, data)
    for (const one of found.filter(({ last }) => last === at)) {
      told.push({ view: view(row, one), words: wordsThen(doc, row, one.field, writerOf) })
    }
  }
  doc.destroy()
  return told
}

function wordsThen(
  doc: Y.Doc,
  row: documents.DocumentRow,
  field: string,
  writerOf: (clientId: number) => string | null,
): WordsThen | null {
  const by = (text: unknown) => (text instanceof Y.Text ? stretches(runsOf(text), writerOf) : [])
  if (row.kind === 'goal') {
    const { success, reviewOn, actions } = readGoal(doc)
    const text = by(goalOf(doc).goal.get('plainText'))
    return {
      text,
      success,
      reviewOn,
      actions: actions.map(({ what, who, when }) => ({ what, who, when })),
    }
  }
  const [, id] = field.split('/')
  const card = id === undefined ? undefined : boardOf(doc).cards.get(id)
  if (!(card instanceof Y.Map)) return null
  return { text: by(card.get('text')), success: '', reviewOn: null, actions: [] }
}

/** The boards from which a card went to a zone this person may not read. */
async function movedAway(app: App, { circle, me }: Seated): Promise<Set<string>> {
  const { sql } = app.db
  const rows = await documents.ofPlan(sql, circle.planId)
  const read = rows.filter(({ zone, ownerId }) =>
    allows(circle, me, 'read', { zone, owner: ownerId }),
  )
  const mine = new Set(read.map(({ id }) => id))
  const moves = (await events.ofPlan(sql, circle.planId)).filter(
    ({ kind }) => kind === 'card-moved',
  )
  const went = moves.map(({ body }) => body as { from: string; to: string })
  return new Set(went.filter(({ to }) => !mine.has(to)).map(({ from }) => from))
}

/** Without the words of cards that are there no more: they were taken out of others' sight. */
async function stillThere(db: Db, id: string, told: readonly Told[], me: string): Promise<Told[]> {
  const doc = await readDocument(db, id)
  const there = new Set(boardOf(doc).cards.keys())
  doc.destroy()
  return told.filter(({ view }) => {
    const [root, card = ''] = view.field.split('/')
    return root !== 'cards' || there.has(card) || view.personId === me
  })
}

/** Of every document this person may read, or of those of one goal, or of the boards. */
async function toldTo(app: App, { circle, me }: Seated, of?: string | null): Promise<Told[]> {
  const { sql } = app.db
  const rows = (await documents.ofPlan(sql, circle.planId)).filter(
    (row) =>
      allows(circle, me, 'read', { zone: row.zone, owner: row.ownerId }) &&
      (of === undefined || (row.goalId === of && (of !== null || row.kind === 'board'))),
  )
  const told: Told[] = []
  const away = await movedAway(app, { circle, me })
  for (const row of rows) {
    const all = await toldOf(sql, row)
    told.push(...(away.has(row.id) ? await stillThere(sql, row.id, all, me.id) : all))
  }
  return told.sort((a, b) => a.view.from.localeCompare(b.view.from))
}

/** What people wrote at a plan, oldest first; of what one may not read, nothing. */
export async function contributionsOf(
  app: App,
  account: Account,
  planId: string,
): Promise<ContributionView[] | Refusal> {
  const seat = await seated(app, account, planId)
  if (typeof seat === 'string') return seat
  app.accessLog.did(seat.circle, seat.me, 'read-history')
  return (await toldTo(app, seat)).map((told) => told.view)
}

/** Everything the page needs about one goal, or about the board. */
export async function lookBack(
  app: App,
  account: Account,
  planId: string,
  goalId: string | null,
): Promise<LookBackPage | Refusal> {
  const seat = await seated(app, account, planId)
  if (typeof seat === 'string') return seat
  const page = await planPage(app, account, planId)
  if (typeof page === 'string') return page
  const { plan } = page
  if (goalId !== null && !plan.goals.some(({ id }) => id === goalId)) return 'unknown-goal'
  const decided = await history(app, account, planId)
  if (typeof decided === 'string') return decided
  const told = await toldTo(app, seat, goalId)
  const shown = decided.filter((event) => event.goalId === goalId && event.kind !== 'hidden')
  return {
    planId,
    title: plan.title,
    people: seat.circle.people.map(personView),
    goals: plan.goals
      .map(({ id, agreed, words }) => ({ id, text: (agreed?.words ?? words).plainText }))
      .filter(({ text }) => text !== ''),
    goalId,
    moments: momentsOf(told, shown, (event) => presentedWords(plan.goals, event)),
    holds: firstBreak(await proofOf(app.db.sql, planId)) === null,
  }
}

/** The words that were laid before people, at the event that did it. */
function presentedWords(
  goals: LookBackGoals,
  { kind, goalId, body }: HistoryLine,
): WordsThen | null {
  if (kind !== 'goal-presented' && kind !== 'goal-agreed') return null
  const { version } = body as { version?: number }
  const words = goals
    .find(({ id }) => id === goalId)
    ?.versions.find((one) => one.version === version)?.words
  if (!words) return null
  const { plainText, success, reviewOn, actions } = words
  return {
    text: [{ text: plainText, writer: null, saidBy: null, basis: null }],
    success,
    reviewOn,
    actions,
  }
}
type LookBackGoals = Exclude<Awaited<ReturnType<typeof planPage>>, string>['plan']['goals']

/** What was written and what was decided in one row; between two writings the words stay as they were. */
function momentsOf(
  told: readonly Told[],
  events: readonly HistoryLine[],
  wordsAt: (event: HistoryLine) => WordsThen | null,
): Moment[] {
  const all: Moment[] = [
    ...told.map(({ view: wrote, words }): Moment => ({
      at: wrote.to,
      personId: wrote.personId,
      words,
      wrote,
    })),
    ...events.map((event): Moment => {
      const { at, actorId, kind, body } = event
      return { at, personId: actorId, words: wordsAt(event), event: { kind, body } }
    }),
  ].sort((a, b) => a.at.localeCompare(b.at))
  let before: WordsThen | null = null
  return all.map((moment) => {
    before = moment.words ? keepHands(before, moment.words) : before
    return { ...moment, words: before }
  })
}

/** Presented words are the words that were written: where they read the same, their hands stay. */
function keepHands(before: WordsThen | null, now: WordsThen): WordsThen {
  const read = (words: WordsThen) =>
    words.text
      .map(({ text }) => text)
      .join('')
      .replace(/\s+/g, ' ')
      .trim()
  const known = now.text.some(({ writer }) => writer !== null)
  return before && !known && read(before) === read(now) ? { ...now, text: before.text } : now
}
