/** What every act shares: who asks, what it may use, and how it ends. One transaction each. */
import type { Act, Thing } from '#plan/access.ts'
import type { Notice } from '#plan/notices.ts'
import type { PersonId } from '#plan/people.ts'
import { isRefusal, type Refusal } from '#plan/refusals.ts'
import type { MeetingView } from '#live/meeting.ts'
import type { GoalView } from '#live/wire.ts'
import type { AccessLog } from './access-log.ts'
import type { Account } from './auth/sessions.ts'
import * as notices from './db/notices.ts'
import type { Sql, Tx } from './db/open.ts'
import type { PersonRow } from './db/plans.ts'
import type { Shown } from './sync/deps.ts'
import { allows, seatOf, waitsForTalk, type Circle, type Seats } from './seats.ts'
import { within } from './within.ts'

export type ActDeps = {
  sql: Sql
  seats: Seats
  queryMs: number
  /** Everybody at the plan hears about a goal's newest state. */
  tellGoal(goal: GoalView): void
  /** These people have something new to hear of. */
  tellPeople(planId: string, people: readonly PersonId[]): void
  /** Everybody at the plan, and every big screen, hears how the meeting stands. */
  tellMeeting(meeting: MeetingView): void
  /** A big screen was let in or taken away. */
  screenChanged(): void
  /** Everybody at the plan reads its people and documents anew. */
  tellPlan(planId: string): void
  /** Something was said beside the words of a plan: read it anew. */
  tellRemarks(planId: string): void
  /** Who sits at a plan changed: live connections follow at once, in every process. */
  peopleChanged(planId: string): Promise<void>
  /** Who did what, for the access log. */
  log: AccessLog
  /** These sessions are over: their sockets close, in every process. */
  sessionsEnded(sessionIds: readonly string[]): void
  /** Whether an answer asks for a second factor. */
  secondFactor: 'required' | 'offered'
  /** Days a personal link works. */
  linkDays: number
  /** An act stored something in a document: its room shows it, here and in every process. */
  stored(shown: Shown): void
  /** A document was closed by a decision: its room closes, here and in every process. */
  closed(documentId: string): void
}

/** Ends a transaction with a refusal: nothing of it remains. */
class Refused extends Error {
  readonly refusal: Refusal
  constructor(refusal: Refusal) {
    super(refusal)
    this.refusal = refusal
  }
}

/** Stops the act here; the transaction is rolled back and the refusal is its answer. */
export function refuse(refusal: Refusal): never {
  throw new Refused(refusal)
}

/** The value, or the refusal as the end of the act. */
export function orRefuse<T>(value: T | Refusal): T {
  return isRefusal(value) ? refuse(value) : value
}

/** Runs one decision in one transaction. Whoever acts on the same goal waits their turn. */
export async function decide<T>(
  deps: Pick<ActDeps, 'sql' | 'queryMs'>,
  act: (tx: Tx) => Promise<T>,
): Promise<T | Refusal> {
  try {
    return (await within(deps.sql.begin(act), deps.queryMs)) as T
  } catch (error) {
    if (error instanceof Refused) return error.refusal
    throw error
  }
}

/** Takes what people should hear of; it is kept with the decision, and said once that stands. */
export type Tell = (notices: readonly Notice[]) => void

/** Runs one decision, and lets people hear of it wherever they are. */
export async function decideTelling<T>(
  deps: Pick<ActDeps, 'sql' | 'queryMs' | 'tellPeople'>,
  planId: string,
  act: (tx: Tx, tell: Tell) => Promise<T>,
): Promise<T | Refusal> {
  const heard: Notice[] = []
  const value = await decide(deps, async (tx) => {
    const decided = await act(tx, (more) => void heard.push(...more))
    await notices.add(tx, planId, heard)
    return decided
  })
  if (!isRefusal(value) && heard.length > 0)
    deps.tellPeople(planId, [...new Set(heard.map(({ personId }) => personId))])
  return value
}

/** The seat from which someone acts, if they may. */
export async function seatFor(
  deps: ActDeps,
  account: Account,
  planId: string,
  act: Act,
  thing: Thing = { zone: 'shared' },
): Promise<{ circle: Circle; me: PersonRow } | Refusal> {
  if (account.handover !== null) return 'handed-over' // whose hands these are, nobody knows
  const circle = await deps.seats.circle(planId)
  const me = seatOf(circle, account.id)
  const sees = me && (allows(circle, me, 'read', thing) || allows(circle, me, act, thing))
  if (!me || !sees) {
    if (waitsForTalk(circle.people, account.id)) return 'between-talks'
    if (me) deps.log.did(circle, me, act, { zone: thing.zone, allowed: false })
    else if (circle.people.length > 0) deps.log.turnedAway(planId, account.id, act, thing.zone)
    return 'no-access' // the same for a plan that is not there
  }
  const allowed = allows(circle, me, act, thing)
  deps.log.did(circle, me, act, { zone: thing.zone, allowed })
  if (!allowed) return act === 'revise' ? 'ask-to-revise' : 'no-access'
  return { circle, me }
}
