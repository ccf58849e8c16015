/** The acts about who decides what: a judgement of one topic, and who stands in. */
import type { Json } from '#plan/canonical.ts'
import { dayOf } from '#plan/deadlines.ts'
import { refusalsBeside, standingRefusals } from '#plan/earlier-refusals.ts'
import {
  abilityFor,
  bearsOn,
  decisionMaker,
  holds,
  newest,
  sayOf,
  standsIn,
  unableNow,
  type Judgement,
} from '#plan/deciding.ts'
import { isRepresentative, isTherapist, representatives, type Person } from '#plan/people.ts'
import { isRefusal, type Refusal } from '#plan/refusals.ts'
import { decidesOf } from '#plan/seats.ts'
import { fold } from '#plan/words.ts'
import type { AskedForHer, DecidingPage, DecidingView, GoalDeciding } from '#live/deciding.ts'
import type { GoalView } from '#live/wire.ts'
import { decide, seatFor, type ActDeps } from './acts.ts'
import type { App } from './app.ts'
import type { Account } from './auth/sessions.ts'
import * as agreement from './db/agreement.ts'
import * as earlier from './db/earlier-refusals.ts'
import * as events from './db/events.ts'
import * as forHer from './db/for-her.ts'
import * as goals from './db/goals.ts'
import * as judgements from './db/judgements.ts'
import type { Db, Tx } from './db/open.ts'
import * as plans from './db/plans.ts'
import { newId } from './ids.ts'
import { seated } from './seated.ts'
import { allows, seatOf, type Circle } from './seats.ts'
import { personView } from './plan-views.ts'

export type Judging = Omit<Judgement, 'id'> & { planId: string; judgeId?: string | undefined }

/** What the chain keeps of a judgement: everything of it. */
export const judgedBody = (row: Omit<judgements.JudgementRow, 'at'>): Json => ({ ...row })

/**
 * Records what was judged about one topic: by whom, when, and when it is judged anew.
 *
 * Added, never changed: a new judgement of the same topic takes the place of the one before. From
 * the first topic she cannot decide, who stands in for her reads what she may read. A psychologist
 * records what they judged themselves; nurses and physicians name who judged.
 * Refuses with `no-access`, `topic-missing`, `unknown-person`, `unknown-goal`, `reason-missing`.
 */
export async function judge(
  deps: ActDeps,
  account: Account,
  asked: Judging,
): Promise<{ id: string } | Refusal> {
  const { planId } = asked
  const before = await deps.seats.circle(planId)
  const thing = judgingFrom(seatOf(before, account.id))
  const seat = await seatFor(deps, account, planId, 'judge', thing)
  if (isRefusal(seat)) return seat
  const { circle, me } = seat
  const [topic, reason] = [fold(asked.topic), fold(asked.reason)]
  const judgedBy = thing.owner === null ? fold(asked.judgedBy) : me.name
  if (topic === '' || judgedBy === '') return 'topic-missing'
  if (!asked.able && reason === '') return 'reason-missing'
  const { able, on, reviewOn, goalId = null } = asked
  if (goalId !== null && (await goals.find(deps.sql, goalId))?.planId !== planId)
    return 'unknown-goal'
  const judgeId = thing.owner ?? asked.judgeId ?? null
  if (judgeId !== null && !circle.people.some(({ id }) => id === judgeId)) return 'unknown-person'
  const made = await decide(deps, async (tx) => {
    const said = { topic, goalId, able, judgedBy, judgeId, reason, on, reviewOn }
    const row = { id: newId(), ...said, recordedBy: me.id }
    await judgements.add(tx, planId, row)
    const body = judgedBody(row)
    await events.add(tx, { planId, kind: 'capacity-judged', actorId: me.id, goalId, body })
    await follow(tx, planId)
    return { id: row.id }
  })
  if (!isRefusal(made)) await deps.peopleChanged(planId)
  return made
}

/** From where somebody judges: the zone of the care, or of a therapist their own part of it. */
const judgingFrom = (me: Person | undefined) => ({
  zone: 'care' as const,
  owner: me && isTherapist(me) ? me.id : null,
})

/** The client's footing at the table follows the judgements that hold today. */
export async function follow(tx: Tx, planId: string, now = new Date()): Promise<void> {
  const unable = unableNow(await judgements.ofPlan(tx, planId), dayOf(now))
  await judgements.follow(tx, planId, unable.length > 0)
}

export type StandingIn = {
  planId: string
  personId: string
  stance: judgements.Stance
  text: string
}

/**
 * Records that somebody declines to stand in, takes it up again, or was pointed out by the care
 * among equals (Wlz 8.1.2 lid 1). One may decline for oneself; the care records what was said.
 * Refuses with `no-access`, `unknown-person`, `nothing-to-decide`, `reason-missing`.
 */
export async function standIn(
  deps: ActDeps,
  account: Account,
  asked: StandingIn,
): Promise<{ personId: string } | Refusal> {
  const { planId, personId, stance } = asked
  const circle = await deps.seats.circle(planId)
  const own = circle.people.find(({ accountId }) => accountId === account.id)?.id === personId
  const alone = own && stance !== 'pointed-out'
  const seat = await seatFor(deps, account, planId, alone ? 'read' : 'judge', {
    zone: alone ? 'shared' : 'care',
  })
  if (isRefusal(seat)) return seat
  const person = circle.people.find(({ id }) => id === personId)
  if (!person) return 'unknown-person'
  if (!isRepresentative(person)) return 'nothing-to-decide'
  const text = fold(asked.text)
  if (stance === 'pointed-out' && text === '') return 'reason-missing'
  if (stance !== 'pointed-out' && (stance === 'declines') === (person.declines ?? false))
    return 'nothing-to-decide'
  const done = await decide(deps, async (tx) => {
    const row = { personId, stance, recordedBy: seat.me.id, text }
    await judgements.addStance(tx, planId, row)
    const kind = 'representation-changed' as const
    await events.add(tx, { planId, kind, actorId: seat.me.id, goalId: null, body: row })
    return { personId }
  })
  if (!isRefusal(done)) await deps.peopleChanged(planId)
  return done
}

/**
 * Who decides what, in full: for who may read the zone of the care. A psychologist reads what they
 * judged or recorded themselves.
 */
export async function whoDecides(
  app: App,
  account: Account,
  planId: string,
): Promise<DecidingView | Refusal> {
  const seat = await seated(app, account, planId)
  if (isRefusal(seat)) return seat
  const { circle, me } = seat
  const whole = allows(circle, me, 'read', { zone: 'care' })
  const mayJudge = allows(circle, me, 'judge', judgingFrom(me))
  if (!whole && !mayJudge) return 'no-access'
  app.accessLog.did(circle, me, 'read', { zone: 'care' })
  const { sql } = app.db
  const judged = await judgements.ofPlan(sql, planId)
  const shown = judged.filter((row) => whole || [row.judgeId, row.recordedBy].includes(me.id))
  return {
    judgements: shown.map((row) => ({ ...viewOf(row), holds: holds(row, dayOf(new Date())) })),
    newest: newest(judged).map(({ id }) => id),
    refusals: whole ? standingRefusals(await earlier.ofPlan(sql, planId)) : null,
    order: representatives(circle.people).map(({ id }) => id),
    stances: (whole ? await judgements.stances(sql, planId) : []).map(({ at, ...stance }) => ({
      ...stance,
      at: at.toISOString(),
    })),
    mayJudge,
    mayRecord: allows(circle, me, 'judge', { zone: 'care' }),
  }
}

const viewOf = ({ at, ...row }: judgements.JudgementRow) => ({ ...row, at: at.toISOString() })

/** What a goal's page says about who decides it: for who may read the zone of the care; else null. */
export async function decidingOf(
  db: Db,
  circle: Circle,
  me: Person,
  { id: goalId, area }: Pick<GoalView, 'id' | 'area'>,
): Promise<GoalDeciding | null> {
  if (!allows(circle, me, 'read', { zone: 'care' })) return null
  const judged = await judgements.ofPlan(db, circle.planId)
  const goal = await goals.find(db, goalId)
  const version = (await goals.versions(db, circle.planId, goalId)).at(-1)
  const topic = goal?.documentId === null ? (version?.topic ?? null) : null
  const today = dayOf(new Date())
  const ability = abilityFor({ goalId, topic }, judged, today)
  const written = standingRefusals(await earlier.ofPlan(db, circle.planId))
  const { decides, person } = decisionMaker(ability, circle.people)
  return {
    topics: newest(judged.filter((row) => bearsOn(row, goalId))).map((row) => ({
      id: row.id,
      topic: row.topic,
      able: row.able || !holds(row, today),
    })),
    topic: topic ?? version?.topic ?? null,
    ability,
    decides,
    personId: person?.id ?? null,
    standsIn: standsIn(me, ability, circle.people),
    refusals: refusalsBeside({ area, ability }, written),
    asked:
      version && goal?.documentId === null
        ? await askedNow(db, judged, circle.planId, version)
        : null,
  }
}

/** Who was asked to answer for her, with the judgement it rests on; where she resisted, nobody. */
async function askedNow(
  db: Db,
  judged: readonly judgements.JudgementRow[],
  planId: string,
  { goalId, version }: goals.VersionRow,
): Promise<AskedForHer | null> {
  const row =
    (await forHer.newest(db, goalId, version)) ?? (await resistedNow(db, planId, goalId, version))
  const rests = judged.find(({ id }) => id === row?.judgementId)
  if (!row || !rests) return null
  const { reaction, saw, personId, askedBy, at } = row
  const { topic, judgedBy, on } = rests
  const why = { judgementId: rests.id, topic, judgedBy, on }
  return { ...why, reaction, saw, personId, askedBy, at: at.toISOString() }
}

/** What she showed against it, where it was said that she could not say it herself. */
async function resistedNow(db: Db, planId: string, goalId: string, version: number) {
  const against = (await agreement.answers(db, planId, goalId)).findLast(
    (row) =>
      row.version === version && row.method === 'observed_response' && row.judgement !== null,
  )
  if (!against || against.answer !== 'no') return undefined
  const { judgement, remark, actorId, at } = against
  const seen = { reaction: 'disliked', saw: remark, personId: null } as const
  return { ...seen, judgementId: judgement, askedBy: actorId, at }
}

/** The page "Wie beslist waarover?": everyone's say; what was judged only for who may read it. */
export async function decidingPage(
  app: App,
  account: Account,
  planId: string,
): Promise<DecidingPage | Refusal> {
  const seat = await seated(app, account, planId)
  if (isRefusal(seat)) return seat
  const { circle, me } = seat
  const plan = await plans.find(app.db.sql, planId)
  if (!plan) return 'unknown-plan'
  const deciding = await whoDecides(app, account, planId)
  const people = circle.people.filter(({ access }) => access === 'active')
  return {
    plan: { id: plan.id, title: plan.title, callMe: plan.callMe },
    me: me.id,
    today: dayOf(new Date()),
    people: people.map((person) => ({
      ...personView(person),
      authority: person.role === 'client' ? 'self' : person.authority,
      say: sayOf(person, circle.people),
      means: sayOf(person, circle.people) === 'as-seated' ? decidesOf(person, circle.people) : null,
    })),
    deciding: isRefusal(deciding) ? null : deciding,
  }
}
