/** The act for when the client cannot say it herself: who judged that, what she showed, who is asked. */
import type { Reaction } from '#plan/answers.ts'
import { dayOf } from '#plan/deadlines.ts'
import { abilityFor, standsIn, unableFor } from '#plan/deciding.ts'
import { toAll } from '#plan/notices.ts'
import { clientOf } from '#plan/people.ts'
import { isRefusal, type Refusal } from '#plan/refusals.ts'
import { fold } from '#plan/words.ts'
import type { GoalView } from '#live/wire.ts'
import { decideTelling, refuse, seatFor, type ActDeps, type Tell } from './acts.ts'
import { answer } from './agreement.ts'
import type { Account } from './auth/sessions.ts'
import * as events from './db/events.ts'
import * as forHer from './db/for-her.ts'
import * as goals from './db/goals.ts'
import * as judgements from './db/judgements.ts'
import type { Tx } from './db/open.ts'
import type { PersonRow } from './db/plans.ts'
import { told } from './goals.ts'
import { newId } from './ids.ts'
import { allows, type Circle } from './seats.ts'
import { goalView, roundNow } from './views.ts'

export type AskingForHer = {
  goalId: string
  hash: string
  /** What was judged: about what, by whom, until when. */
  judgementId: string
  reaction: Reaction
  /** What somebody saw of her; needed where she seemed to like it. */
  saw: string
  /** Who is asked; nobody where she resists. */
  personId?: string | undefined
  key: string
}

/**
 * Asks whoever the law puts first to answer for the client, who cannot say it herself now.
 *
 * What she showed is on record first, as seen and not as a yes. Where she resisted nobody is asked:
 * that belongs to another law. The care asks; the answer is given by who was asked, on a screen of
 * their own. Refuses with `no-access`, `not-presented`, `words-changed`, `unknown-topic` (no
 * judgement that holds, or of something else than this goal), `not-for-her` (she decides this, or
 * somebody else comes first), `not-a-party`, `remark-missing`, `key-used`.
 */
export async function askForHer(
  deps: ActDeps,
  account: Account,
  asked: AskingForHer,
): Promise<GoalView | Refusal> {
  const found = await goals.find(deps.sql, asked.goalId)
  if (!found) return 'no-access'
  const seat = await seatFor(deps, account, found.planId, 'answer-for-client')
  if (isRefusal(seat)) return seat
  const { circle, me } = seat
  if (!allows(circle, me, 'judge', { zone: 'care' })) return 'no-access'
  const view = await decideTelling(deps, found.planId, async (tx, tell) => {
    await ask(tx, circle, me, asked, tell, account)
    return (await goalView(tx, circle, asked.goalId)) ?? refuse('unknown-goal')
  })
  return told(deps, view)
}

async function ask(
  tx: Tx,
  circle: Circle,
  me: PersonRow,
  asked: AskingForHer,
  tell: Tell,
  { assurance }: Pick<Account, 'assurance'>,
): Promise<void> {
  const { goalId, hash, judgementId, reaction, key } = asked
  const goal = (await goals.hold(tx, goalId)) ?? refuse('unknown-goal')
  const { planId } = goal
  const before = await forHer.byKey(tx, goalId, key)
  if (before) {
    const same = before.hash === hash && before.personId === asked.personId
    if (same && before.askedBy === me.id) return
    refuse('key-used')
  }
  const now = await roundNow(tx, goal)
  if (!now || goal.state !== 'presented') refuse('not-presented')
  const { version, round } = now
  if (hash !== version.hash) refuse('words-changed')
  const client = clientOf(circle.people) ?? refuse('unknown-person')
  if (!round.parties.some(({ personId }) => personId === client.id)) refuse('not-a-party')
  const judged = await judgements.ofPlan(tx, planId)
  const today = dayOf(new Date())
  const rests = unableFor(goalId, judged, today).find(({ id }) => id === judgementId)
  if (!rests) refuse('unknown-topic')
  const ability = abilityFor(version, judged, today)
  const named = judged.find(({ id }) => id === version.topic)?.topic
  if (ability === 'unable' && named !== undefined && !isSame(named, rests.topic))
    refuse('unknown-topic')
  const saw = fold(asked.saw)
  if (reaction === 'liked' || reaction === 'disliked') {
    const seen = {
      answer: reaction === 'liked' ? 'yes' : 'no',
      method: 'observed_response',
    } as const
    const what = { goalId, hash, party: client.id, remark: saw, key: `${key}.seen` }
    await answer(tx, circle, me, { ...what, ...seen }, { assurance, tell, judgement: rests.id })
  }
  if (reaction === 'disliked') return // she resists: nobody is asked to say yes for her
  const person = circle.people.find(({ id }) => id === asked.personId) ?? refuse('unknown-person')
  if (!standsIn(person, ability, circle.people)) refuse('not-for-her')
  const { id: askedBy } = me
  const about = { planId, id: newId(), goalId, version: version.version, hash, judgementId }
  const row = { ...about, reaction, saw, personId: person.id, askedBy, key }
  await forHer.add(tx, row)
  await events.add(tx, { planId, kind: 'asked-for-her', actorId: me.id, goalId, body: row })
  await goals.change(tx, goal, {})
  tell(toAll([person.id], 'asked', goalId, client.id, me.id))
}

const isSame = (a: string, b: string): boolean => fold(a).toLowerCase() === fold(b).toLowerCase()
