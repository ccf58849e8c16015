/** Fills a meeting's agenda from what stands in the plan; only from what everyone may read. */
import { suggest, type Agenda } from '#plan/agenda.ts'
import type { Card } from '#plan/cards.ts'
import { readCards } from '#live/documents.ts'
import * as documents from './db/documents.ts'
import * as meetings from './db/meetings.ts'
import type { Db } from './db/open.ts'
import { readDocument } from './rounds.ts'
import type { Circle } from './seats.ts'
import { goalViews } from './views.ts'

/** What calls for a meeting on this day. */
export async function suggestions(db: Db, circle: Circle, on: Date): Promise<Agenda> {
  const cards = await sharedCards(db, circle.planId)
  const goals = (await goalViews(db, circle)).map((goal) => ({
    id: goal.id,
    state: goal.state,
    plainText: (goal.agreed?.words ?? goal.words).plainText,
    reviewOn: goal.agreed?.words.reviewOn ?? null,
    wishes: goal.wishes,
  }))
  const held = (await meetings.ofPlan(db, circle.planId)).filter(
    ({ state, onAt }) => (state === 'finished' || state === 'set') && onAt < on,
  )
  const [last] = held
  return suggest({
    goals,
    cards,
    people: circle.people.filter(({ access }) => access === 'active'),
    last: last ? { agenda: last.body.agenda, day: dayOf(last.onAt) } : null,
    dealtWith: new Map(held.toReversed().flatMap(doneOn)),
    day: dayOf(on),
  })
}

/** What was dealt with in a meeting, with its day. */
const doneOn = ({ body, onAt }: meetings.MeetingRow): [string, string][] =>
  body.agenda.filter(({ state }) => state === 'done').map(({ id }) => [id, dayOf(onAt)])

/** The cards everyone may read. */
export async function sharedCards(db: Db, planId: string): Promise<Card[]> {
  const rows = await documents.ofPlan(db, planId)
  const board = rows.find(({ kind, zone }) => kind === 'board' && zone === 'shared')
  const doc = board && (await readDocument(db, board.id))
  const cards = doc ? readCards(doc) : []
  doc?.destroy()
  return cards
}

/** The day of a moment, as people in the Netherlands call it. */
export const dayOf = (moment: Date): string =>
  new Intl.DateTimeFormat('en-CA', { timeZone: 'Europe/Amsterdam' }).format(moment)
