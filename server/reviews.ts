/** The act of looking back at agreed words together: what came of it, and what the client says. */
import { dayOf } from '#plan/deadlines.ts'
import { isRefusal, type Refusal } from '#plan/refusals.ts'
import { readReview, type ReviewOutcome } from '#plan/reviews.ts'
import { fold } from '#plan/words.ts'
import type { GoalView } from '#live/wire.ts'
import { decide, refuse, seatFor, type ActDeps } from './acts.ts'
import type { Account } from './auth/sessions.ts'
import * as events from './db/events.ts'
import * as goals from './db/goals.ts'
import { told } from './goals.ts'
import { goalView } from './views.ts'

export type Reviewing = { goalId: string; outcome: ReviewOutcome; text: string; said: string }

/**
 * Records how it went. The agreed words stay as they are; what follows is decided apart.
 *
 * Refuses with `nothing-agreed` and `no-words`.
 */
export async function reviewGoal(
  deps: ActDeps,
  account: Account,
  asked: Reviewing,
): Promise<GoalView | Refusal> {
  const found = await goals.find(deps.sql, asked.goalId)
  if (!found) return 'no-access'
  const { planId } = found
  const seat = await seatFor(deps, account, planId, 'revise')
  if (isRefusal(seat)) return seat
  const { circle, me } = seat
  const view = await decide(deps, async (tx) => {
    const goal = (await goals.hold(tx, asked.goalId)) ?? refuse('unknown-goal')
    const [text, said] = [fold(asked.text), fold(asked.said)]
    const refusal = readReview(goal.agreedVersion !== null, { text, said })
    if (refusal) refuse(refusal)
    const row = {
      goalId: goal.id,
      onDay: dayOf(new Date()),
      outcome: asked.outcome,
      text,
      version: goal.agreedVersion,
      personId: me.id,
      said,
    }
    await goals.addReview(tx, planId, row)
    const kind = 'goal-reviewed' as const
    await events.add(tx, { planId, kind, actorId: me.id, goalId: goal.id, body: row })
    await goals.change(tx, goal, {})
    return (await goalView(tx, circle, goal.id)) ?? refuse('unknown-goal')
  })
  return told(deps, view)
}
