/** Goals as people may see them: rows put together for the API and for every screen. */
import * as Y from 'yjs'
import { isAgreed, standingOf, type GoalState, type Round } from '#plan/agreement.ts'
import type { Answer } from '#plan/answers.ts'
import { dayOf } from '#plan/deadlines.ts'
import { abilityFor, type Judgement } from '#plan/deciding.ts'
import { partiesNow, type Mark } from '#plan/marks.ts'
import { isReviewDue, outcomeOf } from '#plan/reviews.ts'
import { runsOf } from '#live/attribution.ts'
import { goalOf, readGoal, wordsOf } from '#live/documents.ts'
import type {
  AgreedView,
  AnswerView,
  DissentView,
  GoalView,
  ProposalView,
  ReviewView,
} from '#live/wire.ts'
import * as agreement from './db/agreement.ts'
import * as documents from './db/documents.ts'
import * as goals from './db/goals.ts'
import * as judgements from './db/judgements.ts'
import * as marks from './db/marks.ts'
import * as proposals from './db/proposals.ts'
import type { Db } from './db/open.ts'
import { readDocument } from './rounds.ts'
import type { Circle } from './seats.ts'

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
  ways: row.ways,
  imported: row.imported,
})

export const dissentView = (row: agreement.DissentRow): DissentView => ({
  personId: row.personId,
  text: row.text,
  by: row.recordedBy,
  ground: row.ground,
})

const reviewView = (row: goals.ReviewRow): ReviewView => ({
  version: row.version,
  on: row.onDay,
  outcome: outcomeOf(row.outcome),
  text: row.text,
  said: row.said,
  by: row.personId,
})

const markOf = ({ kind, version, personId, byId, body, at }: marks.MarkRow): Mark => ({
  kind,
  version,
  personId,
  byId,
  body,
  at: at.toISOString(),
})

/** A version with its answers, as the rules of agreement know it. */
export function roundOf(
  version: goals.VersionRow,
  answers: readonly agreement.AnswerRow[],
  dissents: readonly agreement.DissentRow[],
  beside: readonly marks.MarkRow[] = [],
  judged: readonly Judgement[] = [],
): Round {
  const mine = answers.filter((a) => a.version === version.version)
  const against = dissents.filter((d) => d.version === version.version)
  return {
    version: version.version,
    hash: version.hash,
    ...partiesNow(version.version, version.parties, beside.map(markOf)),
    answers: mine.map((a): Answer => ({ ...a, at: a.at.toISOString() })),
    trialUntil: version.trialUntil,
    dissent: against[0]?.text ?? null,
    dissentOf: against.map(({ personId }) => personId),
    ability: abilityFor(version, judged, dayOf(new Date())),
    presentedAt: version.presentedAt.toISOString(),
  }
}

/** The version of a goal that is now before people or in force, with all that was said to it. */
export async function roundNow(
  db: Db,
  goal: goals.GoalRow,
): Promise<{ version: goals.VersionRow; round: Round } | undefined> {
  const { planId, id } = goal
  const version = (await goals.versions(db, planId, id)).find((v) => v.version === goal.version)
  if (!version) return undefined
  const answers = await agreement.answers(db, planId, id)
  const dissents = await agreement.dissents(db, planId, id)
  const beside = await marks.ofPlan(db, planId, id)
  const judged = await judgements.ofPlan(db, planId)
  return { version, round: roundOf(version, answers, dissents, beside, judged) }
}

type Rows = {
  versions: goals.VersionRow[]
  answers: agreement.AnswerRow[]
  dissents: agreement.DissentRow[]
  proposals: proposals.ProposalRow[]
  marks: marks.MarkRow[]
  reviews: goals.ReviewRow[]
  judgements: readonly Judgement[]
}

export const proposalView = (row: proposals.ProposalRow): ProposalView => ({
  documentId: row.documentId,
  personId: row.personId,
  words: row.words,
  state: row.state,
  at: row.at.toISOString(),
})

/** Who said what a goal is for, and who wrote it down; words of an earlier plan were written by nobody here. */
function whose(draft: Y.Doc, hands: readonly documents.Hand[]): NonNullable<GoalView['by']> {
  const text = goalOf(draft).goal.get('plainText')
  const written = new Map(hands.map((hand) => [hand.clientId, hand]))
  const said = new Set<string>()
  const wrote = new Set<string>()
  for (const { clientId, voice } of text instanceof Y.Text ? runsOf(text) : []) {
    const hand = written.get(clientId)
    const by = hand?.imported === true ? null : (hand?.personId ?? null)
    const who = voice?.saidBy ?? by
    if (who !== null) said.add(who)
    if (by !== null) wrote.add(by)
  }
  return { said: [...said], wrote: [...wrote] }
}

async function goalFrom(db: Db, goal: goals.GoalRow, all: Rows, circle: Circle): Promise<GoalView> {
  const of = <T extends { goalId: string }>(rows: readonly T[]) =>
    rows.filter((row) => row.goalId === goal.id)
  const [versions, answers, dissents] = [of(all.versions), of(all.answers), of(all.dissents)]
  const [beside, reviews] = [of(all.marks), of(all.reviews)]
  const now = versions.find((v) => v.version === goal.version)
  const draft = goal.documentId === null ? null : await readDocument(db, goal.documentId)
  const words = draft ? wordsOf(draft) : (now ?? versions.at(-1))!.words
  const wishes = draft ? readGoal(draft).wishes : goal.wishes
  const by = draft && whose(draft, await documents.hands(db, goal.documentId ?? ''))
  draft?.destroy()
  const round = now && roundOf(now, answers, dissents, beside, all.judgements)
  const last = now ? undefined : versions.at(-1)
  const before = last && roundOf(last, answers, dissents, beside, all.judgements)
  const stands = round && goal.state === 'presented' ? standingOf(round, circle.people) : null
  const standing = stands !== null && isAgreed(stands as GoalState) ? 'ready' : stands
  const agreed = agreedView(goal, versions, answers, dissents)
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
    by,
    wishes,
    parties: round ? [...round.parties] : [],
    askedBefore: before ? [...before.parties] : [],
    answers: answers.map(answerView),
    agreed,
    standing: standing as GoalView['standing'],
    trialUntil: now?.trialUntil ?? null,
    proposals: of(all.proposals)
      .filter((row) => row.state === 'sent' || row.state === 'taken')
      .map(proposalView),
    versions: versions.map(({ version, hash, words: text, presentedAt }) => ({
      version,
      hash,
      words: text,
      at: presentedAt.toISOString(),
    })),
    dissents: dissents.filter(({ version }) => version === goal.version).map(dissentView),
    marks: beside.filter(({ kind }) => kind !== 'topic-chosen').map(markOf),
    reviews: reviews.map(reviewView),
    reviewDue: agreed !== null && isReviewDue(agreed, reviews.map(reviewView), dayOf(new Date())),
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
  const differing = dissents.filter((d) => d.version === version.version).map(dissentView)
  const [first] = differing
  return {
    version: version.version,
    hash: version.hash,
    words: version.words,
    at: goal.agreedAt.toISOString(),
    answers: answers.filter((a) => a.version === version.version).map(answerView),
    trialUntil: version.trialUntil,
    dissent: first ? { personId: first.personId, text: first.text, by: first.by } : null,
    dissents: differing,
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
      marks: await marks.ofPlan(db, planId, goalId),
      reviews: await goals.reviews(db, planId, goalId),
      judgements: await judgements.ofPlan(db, planId),
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
    marks: await marks.ofPlan(db, planId),
    reviews: await goals.reviews(db, planId),
    judgements: await judgements.ofPlan(db, planId),
  }
  const views: GoalView[] = []
  for (const goal of await goals.ofPlan(db, planId))
    views.push(await goalFrom(db, goal, rows, circle))
  return views
}
