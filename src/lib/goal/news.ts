/** What just happened to a goal, in one sentence. */
import { isAgreed } from '#plan/agreement.ts'
import type { PersonId } from '#plan/people.ts'
import type { GoalView } from '#live/wire.ts'
import { m } from '#lib/paraglide/messages.js'

/** `urgent`: one can no longer do what one was doing. */
export type News = { text: string; urgent: boolean }

/** The sentence for a step from one state of a goal to the next; null when nothing is to be said. */
export function news(
  before: GoalView,
  after: GoalView,
  nameOf: (id: PersonId) => string,
  me: PersonId,
): News | null {
  if (!isAgreed(before.state) && isAgreed(after.state)) {
    return { text: m.goal_now_agreed(), urgent: true }
  }
  if (before.documentId !== null && after.documentId === null) {
    return { text: m.goal_now_presented(), urgent: true }
  }
  if (before.documentId !== after.documentId) return { text: m.goal_now_writing(), urgent: false }
  const given = after.answers.slice(before.answers.length).filter((a) => a.actorId !== me)
  if (given.length === 0) return null
  const who = given.map(({ partyId }) => nameOf(partyId))
  return { text: m.goal_now_answered({ who: [...new Set(who)].join(', ') }), urgent: false }
}
