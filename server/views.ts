/** Plans and goals as people may see them: rows put together for the API and for every screen. */
import { isAgreed, standingOf, type Answer, type Round } from '#plan/agreement.ts'
import { isClient, isFamily, type Person } from '#plan/people.ts'
import { readGoal, wordsOf } from '#live/documents.ts'
import type {
  AgreedView,
  AnswerView,
  GoalView,
  PersonView,
  PlanView,
  ProposalView,
} from '#live/wire.ts'
import * as agreement from './db/agreement.ts'
import * as documents from './db/documents.ts'
import * as goals from './db/goals.ts'
import * as plans from './db/plans.ts'
import * as proposals from './db/proposals.ts'
import type { Db } from './db/open.ts'
import { readDocument } from './rounds.ts'
import { allows, type Circle } from './seats.ts'

export const personView = (person: plans.PersonRow): PersonView => ({
  id: person.id,
  key: person.key,
  name: person.name,
  role: person.role,
  relation: person.relation,
  authority: person.authority,
  mayConfirm: person.mayConfirm,
  number: person.number,
  kind: isClient(person) ? 'client' : isFamily(person) ? 'family' : 'pro',
  remote: person.attends === 'remote',
})

const answerView = (row: agreement.AnswerRow): AnswerView => ({
  partyId: row.partyId,
  actorId: row.actorId,
  answer: row.answer,
  method: row.method,
  remark: row.remark,
  witnesses: row.witnesses,
  reaction: row.reaction,
  version: row.version,
  hash: row.hash,
  at: row.at.toISOString(),
})

/** A version with its answers, as the rules of agreement know it. */
export function roundOf(
  version: goals.VersionRow,
  answers: readonly agreement.AnswerRow[],
  dissents: readonly agreement.DissentRow[],
): Round {
  const mine = answers.filter((a) => a.version === version.version)
  const against = dissents.find((d) => d.version === version.version)
  return {
    version: version.version,
    hash: version.hash,
    parties: version.parties,
    answers: mine.map((a): Answer => ({ ...a, at: a.at.toISOString() })),
    trialUntil: version.trialUntil,
    dissent: against?.text ?? null,
  }
}

type Rows = {
  versions: goals.VersionRow[]
  answers: agreement.AnswerRow[]
  dissents: agreement.DissentRow[]
  proposals: proposals.ProposalRow[]
}

export const proposalView = (row: proposals.ProposalRow): ProposalView => ({
  documentId: row.documentId,
  personId: row.personId,
  words: row.words,
  state: row.state,
  at: row.at.toISOString(),
})

async function goalFrom(db: Db, goal: goals.GoalRow, all: Rows, circle: Circle): Promise<GoalView> {
  const of = <T extends { goalId: string }>(rows: readonly T[]) =>
    rows.filter((row) => row.goalId === goal.id)
  const [versions, answers, dissents] = [of(all.versions), of(all.answers), of(all.dissents)]
  const now = versions.find((v) => v.version === goal.version)
  const draft = goal.documentId === null ? null : await readDocument(db, goal.documentId)
  const words = draft ? wordsOf(draft) : (now ?? versions.at(-1))!.words
  const wishes = draft ? readGoal(draft).wishes : goal.wishes
  draft?.destroy()
  const standing =
    now && goal.state === 'presented'
      ? standingOf(roundOf(now, answers, dissents), circle.people)
      : null
  const open = standing === 'waiting' || standing === 'resisted' || standing === 'disputed'
  return {
    id: goal.id,
    planId: goal.planId,
    area: words.area,
    state: goal.state,
    round: goal.round,
    documentId: goal.documentId,
    version: goal.version,
    hash: now?.hash ?? null,
    words,
    wishes,
    parties: now?.parties ?? [],
    answers: answers.map(answerView),
    agreed: agreedView(goal, versions, answers, dissents),
    standing: open ? standing : null,
    trialUntil: now?.trialUntil ?? null,
    proposals: of(all.proposals)
      .filter((row) => row.state === 'sent' || row.state === 'taken')
      .map(proposalView),
    changedAt: goal.changedAt.toISOString(),
  }
}

function agreedView(
  goal: goals.GoalRow,
  versions: readonly goals.VersionRow[],
  answers: readonly agreement.AnswerRow[],
  dissents: readonly agreement.DissentRow[],
): AgreedView | null {
  const version = versions.find((v) => v.version === goal.agreedVersion)
  if (!version || !goal.agreedAt) return null
  const against = dissents.find((d) => d.version === version.version)
  return {
    version: version.version,
    hash: version.hash,
    words: version.words,
    at: goal.agreedAt.toISOString(),
    answers: answers.filter((a) => a.version === version.version).map(answerView),
    trialUntil: version.trialUntil,
    dissent: against
      ? { personId: against.personId, text: against.text, by: against.recordedBy }
      : null,
  }
}

/** One goal as it is now; undefined when there is none. */
export async function goalView(
  db: Db,
  circle: Circle,
  goalId: string,
): Promise<GoalView | undefined> {
  const goal = await goals.find(db, goalId)
  if (!goal) return undefined
  const { planId } = goal
  return goalFrom(
    db,
    goal,
    {
      versions: await goals.versions(db, planId, goalId),
      answers: await agreement.answers(db, planId, goalId),
      dissents: await agreement.dissents(db, planId, goalId),
      proposals: await proposals.ofPlan(db, planId, goalId),
    },
    circle,
  )
}

/** Every goal of a plan. */
export async function goalViews(db: Db, circle: Circle): Promise<GoalView[]> {
  const { planId } = circle
  const rows: Rows = {
    versions: await goals.versions(db, planId),
    answers: await agreement.answers(db, planId),
    dissents: await agreement.dissents(db, planId),
    proposals: await proposals.ofPlan(db, planId),
  }
  const views: GoalView[] = []
  for (const goal of await goals.ofPlan(db, planId))
    views.push(await goalFrom(db, goal, rows, circle))
  return views
}

/** A plan as one person on it may see it: of documents only those they may read. */
export async function planView(db: Db, circle: Circle, me: Person): Promise<PlanView | undefined> {
  const plan = await plans.find(db, circle.planId)
  if (!plan) return undefined
  const rows = await documents.ofPlan(db, plan.id)
  return {
    id: plan.id,
    title: plan.title,
    client: {
      name: plan.clientName,
      callMe: plan.callMe,
      age: plan.age,
      setting: plan.setting,
      about: plan.about,
    },
    people: circle.people.filter((p) => p.access === 'active').map(personView),
    documents: rows
      .filter((row) => allows(circle, me, 'read', { zone: row.zone, owner: row.ownerId }))
      .map(({ id, kind, zone, open, goalId }) => ({
        id,
        kind,
        zone,
        state: open ? 'open' : 'closed',
        goalId,
      })),
    goals: await goalViews(db, circle),
    standingActions: await plans.standingActions(db, plan.id),
  }
}

/** Whether a goal waits for somebody's answer. */
export function waitsFor(goal: GoalView, personId: string): boolean {
  if (goal.state !== 'presented' || isAgreed(goal.state)) return false
  const asked = goal.parties.some((party) => party.personId === personId)
  return asked && !goal.answers.some((a) => a.version === goal.version && a.partyId === personId)
}
