/** From imported goals with their answers to agreed or open goals, through the acts of live use. */
import { generateNKeysBetween } from 'fractional-indexing'
import * as Y from 'yjs'
import { isAgreed } from '#plan/agreement.ts'
import { dayOf, type Day } from '#plan/deadlines.ts'
import { clientOf, responsibleProfessional, type Person } from '#plan/people.ts'
import { goalOf, startGoal } from '#live/documents.ts'
import { answer, dissent, type Answering } from '../agreement.ts'
import * as events from '../db/events.ts'
import * as goals from '../db/goals.ts'
import * as plans from '../db/plans.ts'
import type { Tx } from '../db/open.ts'
import { present } from '../goals.ts'
import { newId } from '../ids.ts'
import { keepRound, Scribe } from '../rounds.ts'
import type { Circle } from '../seats.ts'
import type { Fault, ImportedPlan } from './schema.ts'

type Goal = ImportedPlan['goals'][number]
type Importing = {
  tx: Tx
  plan: ImportedPlan
  circle: Circle
  people: ReadonlyMap<string, Person>
  wishes: ReadonlyMap<string, string>
  /** What was judged about deciding: the topic's words → the judgement. */
  topics: ReadonlyMap<string, string>
}

/** An earlier record is taken in: nobody hears of it as news. */
const nobody = () => {}

const topicOf = (goal: Goal, topics: Importing['topics']): { topic?: string } => {
  const topic = goal.capacityTopic && topics.get(goal.capacityTopic)
  return topic ? { topic } : {}
}

const STATES: Record<Goal['status'], goals.GoalRow['state']> = {
  in_discussion: 'draft',
  proposed: 'presented',
  ready_for_confirmation: 'presented',
  in_discussion_wzd: 'presented',
  agreed: 'agreed',
  agreed_trial: 'agreed-on-trial',
  agreed_with_dissent: 'agreed-with-dissent',
}

/** Adds every goal. Answers with what the record says that its own answers do not bear out. */
export async function addGoals(importing: Importing): Promise<Fault[]> {
  const faults: Fault[] = []
  const ids = new Map<string, string>()
  for (const [at, goal] of importing.plan.goals.entries()) {
    const id = await addGoal(importing, goal)
    const want = STATES[goal.status]
    if (want !== 'draft') await agree(importing, goal, id)
    const now = (await goals.find(importing.tx, id))?.state
    const on = agreedBy(importing.plan, goal)
    if (now && isAgreed(now) && on !== null) await goals.agreedOn(importing.tx, id, on)
    if (now !== want && (isAgreed(want) || want === 'draft')) {
      faults.push({
        path: `goals[${at}].status`,
        fault: `the confirmations make this goal "${now}", not "${want}"`,
      })
    }
    await addReview(importing, goal, id)
    ids.set(goal.id, id)
  }
  await letIn(importing, ids)
  return faults
}

/** Who was let in for some goals only sees those. */
async function letIn(
  { tx, plan, circle, people }: Importing,
  ids: ReadonlyMap<string, string>,
): Promise<void> {
  for (const { key, goals: named } of plan.participants) {
    if (!named) continue
    const row = circle.people.find(({ id }) => id === people.get(key)!.id)!
    const goals = named.flatMap((name) => ids.get(name) ?? [])
    await plans.changePerson(tx, circle.planId, row.id, { ...row, goals })
  }
}

/**
 * The day by which a goal had been agreed: that on which its plan was last set, before its day to look
 * back. Null where the record does not say; then it counts from the day it was taken in. Its answers
 * and events keep the moment they were taken in, and are marked as imported.
 */
function agreedBy({ setOn }: ImportedPlan, { evaluateOn }: Goal): Day | null {
  const today = dayOf(new Date())
  const known = setOn.filter((day) => day <= today && (evaluateOn === null || day <= evaluateOn))
  return known.sort().at(-1) ?? null
}

async function addGoal(
  { tx, plan, circle, people, wishes }: Importing,
  goal: Goal,
): Promise<string> {
  const { planId } = circle
  const id = newId()
  const cards = goal.wishIds.flatMap((wish) => wishes.get(wish) ?? [])
  const scribe = new Scribe(true) // no person is named as the writer of a goal's words
  startGoal(scribe.doc, goal.domain, cards)
  const { goal: fields, actions, order } = goalOf(scribe.doc)
  const write = (text: unknown, words: string) => {
    if (text instanceof Y.Text) text.insert(0, words)
  }
  write(fields.get('plainText'), goal.plainText)
  write(fields.get('professionalText'), goal.professionalText)
  if (goal.evaluateOn !== null) fields.set('reviewOn', goal.evaluateOn)
  const doing = plan.agreements.filter((agreement) => agreement.goalId === goal.id)
  const places = generateNKeysBetween(null, null, doing.length)
  for (const [at, { text, doneBy, when }] of doing.entries()) {
    const action = new Y.Map<unknown>()
    action.set('what', new Y.Text(text))
    action.set('when', new Y.Text(when))
    if (doneBy !== null) action.set('who', people.get(doneBy)!.id)
    const actionId = newId()
    actions.set(actionId, action)
    order.set(actionId, places[at]!)
  }
  const documentId = await keepRound(tx, { planId, goalId: id, round: 1 }, scribe)
  await goals.add(tx, { planId, id, area: goal.domain, documentId, wishes: cards })
  await events.add(tx, {
    planId,
    kind: 'goal-created',
    actorId: null,
    goalId: id,
    body: { area: goal.domain, imported: true },
  })
  return id
}

/** Presents a goal to whom the record names, and records their answers one after another. */
async function agree(importing: Importing, goal: Goal, goalId: string): Promise<void> {
  const { tx, plan, circle, people, topics } = importing
  const all = circle.people
  const client = clientOf(all)!
  const responsible = responsibleProfessional(all) ?? client
  const by = (key: string) => all.find((p) => p.id === people.get(key)!.id)!
  const party = (c: Goal['confirmations'][number]) => (c.method === 'on_behalf' ? client : by(c.by))
  const asked = goal.confirmations.filter(
    (c) => c.decision !== 'seen' && c.method !== 'observed_response',
  )
  await present(
    tx,
    circle,
    by(responsible.key),
    {
      goalId,
      parties: asked.filter((c) => c.decision !== 'disagree').map((c) => party(c).id),
      heard: asked.filter((c) => c.decision === 'disagree').map((c) => party(c).id),
      trial: goal.status === 'agreed_trial',
      ...topicOf(goal, topics),
    },
    nobody,
  )
  const [version] = (await goals.versions(tx, circle.planId, goalId)).slice(-1)
  // what she showed comes first: resistance stops a goal, whoever says yes afterwards
  const observed = (c: Goal['confirmations'][number]) => Number(c.method === 'observed_response')
  const inTurn = [...goal.confirmations].sort((a, b) => observed(b) - observed(a))
  for (const [at, confirmation] of inTurn.entries()) {
    const { decision, method, remark } = confirmation
    if (decision === 'pending' || method === '') continue
    const self = method === 'own_device' || method === 'on_behalf'
    const given: Answering = {
      goalId,
      hash: version!.hash,
      answer:
        decision === 'seen'
          ? 'seen'
          : decision === 'disagree'
            ? 'no'
            : remark
              ? 'yes-with-remark'
              : 'yes',
      method,
      party: party(confirmation).id,
      remark,
      key: `import-${at}`,
    }
    const actor = self ? by(confirmation.by) : by(responsible.key)
    await answer(tx, circle, actor, given, { assurance: 'low', tell: nobody, imported: true })
  }
  for (const { by: key, text } of plan.dissent.filter((d) => d.goalId === goal.id)) {
    await dissent(tx, circle, by(responsible.key), { goalId, personId: by(key).id, text }, nobody)
  }
}

async function addReview(
  { tx, plan, circle }: Importing,
  goal: Goal,
  goalId: string,
): Promise<void> {
  const { evaluation } = plan
  if (evaluation?.goalId !== goal.id) return
  const { date, achievement, text } = evaluation
  const now = await goals.find(tx, goalId)
  const version = now?.agreedVersion ?? now?.version ?? null
  const { planId } = circle
  const review = { goalId, onDay: date, outcome: achievement, text, version }
  const row = { ...review, personId: null, said: '' }
  await goals.addReview(tx, planId, row)
  await events.add(tx, { planId, kind: 'goal-reviewed', actorId: null, goalId, body: row })
}
