/** The act of setting a plan: the whole of it as it is now, kept for good, with copies at once. */
import type { Json } from '#plan/canonical.ts'
import { addMonths, dayOf, deadlinesOf, nearnessOf, REVIEW_EVERY_MONTHS } from '#plan/deadlines.ts'
import { isAgreed } from '#plan/agreement.ts'
import { toAll } from '#plan/notices.ts'
import { actingRepresentative, responsibleProfessional } from '#plan/people.ts'
import { isRefusal, type Refusal } from '#plan/refusals.ts'
import { lacksDoer, lacksPeriod, missingDuties, type PlanNow } from '#plan/setting.ts'
import type { Words } from '#plan/words.ts'
import { readCards } from '#live/documents.ts'
import type { SetPage, SetVersion } from '#live/on-record.ts'
import type { GoalView } from '#live/wire.ts'
import { decide, decideTelling, refuse, seatFor, type ActDeps } from './acts.ts'
import type { App } from './app.ts'
import type { Account } from './auth/sessions.ts'
import * as days from './db/days.ts'
import * as documents from './db/documents.ts'
import * as events from './db/events.ts'
import * as judgements from './db/judgements.ts'
import type { Db, Tx } from './db/open.ts'
import * as versions from './db/plan-versions.ts'
import * as plans from './db/plans.ts'
import { hashOf } from './ids.ts'
import { countItems } from './own-plan.ts'
import { seated } from './seated.ts'
import { readDocument } from './rounds.ts'
import { allows, type Circle } from './seats.ts'
import { personView } from './plan-views.ts'
import { goalViews } from './views.ts'

/**
 * Sets the plan. Refuses with `no-access` and, while something of the law is missing,
 * `duties-missing`. The client, and who acts for her, have their copy in the same moment.
 */
export async function setPlan(
  deps: ActDeps,
  account: Account,
  asked: { planId: string; reviewOn: string },
): Promise<{ version: number; hash: string } | Refusal> {
  const { planId, reviewOn } = asked
  const seat = await seatFor(deps, account, planId, 'set-plan')
  if (isRefusal(seat)) return seat
  const { circle, me } = seat
  const made = await decideTelling(deps, planId, async (tx, tell) => {
    await tx`select id from plan where id = ${planId} for update` // one after another
    const now = new Date()
    const goals = await goalViews(tx, circle)
    const state = await planNow(tx, circle, goals, reviewOn)
    if (missingDuties(state, dayOf(now)).length > 0) refuse('duties-missing')
    const version = ((await versions.ofPlan(tx, planId)).at(-1)?.version ?? 0) + 1
    const care = await careOf(tx, planId)
    const content = await contentOf(tx, circle, goals, {
      version,
      setAt: now.toISOString(),
      setBy: me.id,
      reviewOn,
      care: hashOf(care),
    })
    const hash = hashOf(content)
    const row = { version, hash, content, care, setBy: me.id, reviewOn, setAt: now }
    await versions.add(tx, planId, row)
    await days.add(tx, planId, { kind: 'set', onDay: dayOf(now), by: me.id })
    const body = { version, hash, reviewOn }
    await events.add(tx, { planId, kind: 'plan-set', actorId: me.id, goalId: null, body })
    const client = circle.people.find(({ role }) => role === 'client')
    const copies = [client, actingRepresentative(circle.people)].flatMap((one) => one?.id ?? [])
    for (const personId of copies)
      await deliver(tx, planId, { version, personId, way: 'screen', byId: me.id })
    tell(toAll(copies, 'plan-set', null, me.id, me.id))
    return { version, hash }
  })
  if (!isRefusal(made)) deps.tellPlan(planId)
  return made
}

/** Records that somebody got a copy, and how. Refuses with `unknown-person`, `nothing-to-decide`. */
export async function giveCopy(
  deps: ActDeps,
  account: Account,
  asked: { planId: string; version: number; personId: string; way: versions.Way },
): Promise<{ version: number } | Refusal> {
  const { planId, version, personId, way } = asked
  const seat = await seatFor(deps, account, planId, 'set-plan')
  if (isRefusal(seat)) return seat
  const { circle, me } = seat
  if (!circle.people.some(({ id, access }) => id === personId && access === 'active'))
    return 'unknown-person'
  return decide(deps, async (tx) => {
    const all = await versions.ofPlan(tx, planId)
    if (!all.some((one) => one.version === version)) refuse('nothing-to-decide')
    await deliver(tx, planId, { version, personId, way, byId: me.id })
    return { version }
  })
}

/** Records that everyone looked back at the whole plan today: from now the terms run anew (L6). */
export async function lookedBack(
  deps: ActDeps,
  account: Account,
  planId: string,
): Promise<{ on: string } | Refusal> {
  const seat = await seatFor(deps, account, planId, 'set-plan')
  if (isRefusal(seat)) return seat
  const { me } = seat
  const on = dayOf(new Date())
  const done = await decide(deps, async (tx) => {
    const known = await days.ofPlan(tx, planId)
    if (known.reviewedOn.includes(on)) refuse('nothing-to-decide')
    await days.add(tx, planId, { kind: 'reviewed', onDay: on, by: me.id })
    const body = { on }
    await events.add(tx, { planId, kind: 'plan-reviewed', actorId: me.id, goalId: null, body })
    return { on }
  })
  if (!isRefusal(done)) deps.tellPlan(planId)
  return done
}

async function deliver(
  tx: Tx,
  planId: string,
  row: Omit<versions.DeliveryRow, 'at'>,
): Promise<void> {
  await versions.addDelivery(tx, planId, row)
  const { byId, version, personId, way } = row
  const body = { version, personId, way }
  await events.add(tx, { planId, kind: 'copy-delivered', actorId: byId, goalId: null, body })
}

const inForce = (goals: readonly GoalView[]) => goals.flatMap(({ agreed }) => agreed?.words ?? [])

/** The goals whose words in force lack something, by name. */
const lackingIn = (goals: readonly GoalView[], lacks: (words: Words) => boolean) =>
  goals.flatMap(({ id, agreed }) =>
    agreed && lacks(agreed.words) ? [{ id, text: agreed.words.plainText }] : [],
  )

async function planNow(
  db: Db,
  circle: Circle,
  goals: readonly GoalView[],
  reviewOn: string | null,
): Promise<PlanNow> {
  const cards = await cardsOf(db, circle.planId, 'shared')
  return {
    agreed: inForce(goals),
    contact: responsibleProfessional(circle.people) !== undefined,
    living: cards.filter(({ kind }) => kind === 'story' || kind === 'wish').length,
    ownPlanOpen: (await countItems(db, circle.planId)).open,
    reviewOn,
  }
}

async function cardsOf(db: Db, planId: string, zone: 'shared' | 'care') {
  const cards: {
    kind: string
    area: string | null
    text: string
    saidBy: string | null
    basis: string | null
  }[] = []
  for (const row of await documents.ofPlan(db, planId)) {
    if (row.kind !== 'board' || row.zone !== zone) continue
    const doc = await readDocument(db, row.id)
    for (const { kind, area, text, saidBy, basis } of readCards(doc))
      if (text.trim() !== '') cards.push({ kind, area, text: text.trim(), saidBy, basis })
    doc.destroy()
  }
  return cards
}

async function careOf(db: Db, planId: string): Promise<Json> {
  const judged = await judgements.ofPlan(db, planId)
  return {
    cards: await cardsOf(db, planId, 'care'),
    judgements: judged.map(({ topic, able, judgedBy, reason, on, reviewOn }) => ({
      topic,
      able,
      judgedBy,
      reason,
      on,
      reviewOn,
    })),
  }
}

/** The whole plan as everyone at the table may read it. */
async function contentOf(
  db: Db,
  circle: Circle,
  goals: readonly GoalView[],
  about: { version: number; setAt: string; setBy: string; reviewOn: string; care: string },
): Promise<Json> {
  const plan = (await plans.find(db, circle.planId))!
  const people = circle.people.filter(({ access }) => access === 'active').map(personView)
  const content: Omit<SetVersion['content'], 'planId'> & { planId: string } = {
    planId: plan.id,
    ...about,
    client: { name: plan.clientName, callMe: plan.callMe },
    contact: responsibleProfessional(circle.people)?.id ?? null,
    people: people.map(({ id, name, role, relation }) => ({ id, name, role, relation })),
    cards: await cardsOf(db, plan.id, 'shared'),
    goals: goals.flatMap(({ id, state, agreed, marks }) =>
      agreed
        ? [
            {
              id,
              state: isAgreed(state) ? state : 'agreed',
              version: agreed.version,
              hash: agreed.hash,
              words: agreed.words,
              agreedAt: agreed.at,
              trialUntil: agreed.trialUntil,
              answers: agreed.answers.map(({ partyId, actorId, answer, method, remark, at }) => ({
                partyId,
                actorId,
                answer,
                method,
                remark,
                at,
              })),
              dissents: agreed.dissents.map(({ personId, text }) => ({ personId, text })),
              statements: marks
                .filter(({ kind }) => kind === 'statement')
                .map(({ personId, body }) => ({ personId, text: body.text ?? '' })),
            },
          ]
        : [],
    ),
    open: goals.flatMap(({ id, area, agreed, words, state }) =>
      agreed || words.plainText === '' ? [] : [{ id, area, text: words.plainText, state }],
    ),
    standing: (await plans.standingActions(db, plan.id)).map(({ what, who, when }) => ({
      what,
      who,
      when,
    })),
  }
  return content // plain data through and through
}

/** What the page of setting a plan shows: what is missing, what was set, and the days of the law. */
export async function setPage(
  app: App,
  account: Account,
  planId: string,
): Promise<SetPage | Refusal> {
  const seat = await seated(app, account, planId)
  if (isRefusal(seat)) return seat
  const { circle, me } = seat
  const { sql } = app.db
  const today = dayOf(new Date())
  const plan = (await plans.find(sql, planId))!
  const goals = await goalViews(sql, circle)
  const usual = addMonths(today, REVIEW_EVERY_MONTHS)
  const given = await versions.deliveries(sql, planId)
  const state = await planNow(sql, circle, goals, usual)
  return {
    plan: { id: plan.id, title: plan.title, callMe: plan.callMe },
    people: circle.people.filter(({ access }) => access === 'active').map(personView),
    me: me.id,
    mayExport: allows(circle, me, 'export', { zone: 'shared' }),
    maySet: allows(circle, me, 'set-plan', { zone: 'shared' }),
    missing: missingDuties(state, today).filter((duty) => duty !== 'review'),
    lacking: {
      period: lackingIn(goals, lacksPeriod),
      who: lackingIn(goals, lacksDoer),
    },
    ownPlan: await countItems(sql, planId),
    open: goals.filter(({ agreed, words }) => !agreed && words.plainText !== '').length,
    today,
    usual,
    deadlines: deadlinesOf(await days.ofPlan(sql, planId)).map(({ duty, by, article }) => ({
      duty,
      by,
      article,
      near: nearnessOf(by, today),
    })),
    versions: (await versions.ofPlan(sql, planId)).reverse().map((row) => ({
      version: row.version,
      hash: row.hash,
      content: row.content as unknown as SetVersion['content'],
      holds: hashOf(row.content) === row.hash,
      copies: given
        .filter(({ version }) => version === row.version)
        .map(({ personId, way, byId, at }) => ({ personId, way, byId, at: at.toISOString() })),
    })),
  }
}
