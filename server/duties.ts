/** What the law asks of a plan now, for who can act on it (L2, L4, L6, L7, L13). */
import { dayOf, deadlinesOf, nearnessOf, setsTerms } from '#plan/deadlines.ts'
import type { Person } from '#plan/people.ts'
import { TOPICS } from '#plan/topics.ts'
import type { DutiesView } from '#live/views.ts'
import * as days from './db/days.ts'
import * as decided from './db/decided.ts'
import * as events from './db/events.ts'
import * as meetings from './db/meetings.ts'
import type { Db } from './db/open.ts'
import { countItems } from './own-plan.ts'
import { allows, type Circle } from './seats.ts'

/** The terms that run, the topics still open and what was told before the meeting; else null. */
export async function dutiesOf(
  db: Db,
  circle: Circle,
  me: Person,
  now = new Date(),
): Promise<DutiesView | null> {
  const acts = (['set-plan', 'lead'] as const).some((act) =>
    allows(circle, me, act, { zone: 'shared' }),
  )
  if (!acts) return null
  const { planId } = circle
  const course = await days.ofPlan(db, planId)
  if (!setsTerms(course.law)) return null
  const today = dayOf(now)
  const done = (await decided.topics(db, planId)).filter(({ state }) => state !== 'later')
  const meeting = await meetings.current(db, planId)
  const said =
    meeting?.state === 'planned' ? await events.toldOf(db, planId, meeting.id) : undefined
  return {
    deadlines: deadlinesOf(course).map(({ duty, by, article }) => ({
      duty,
      by,
      article,
      near: nearnessOf(by, today),
    })),
    topics: TOPICS.length - done.length,
    ownPlan: await countItems(db, planId),
    meeting:
      meeting?.state === 'planned'
        ? { on: dayOf(meeting.onAt), told: said ? dayOf(said) : null }
        : null,
  }
}
