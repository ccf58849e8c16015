/** The list of plans somebody sits at: what runs, what waits, the most urgent first. */
import { isAgreed } from '#plan/agreement.ts'
import {
  deadlinesOf,
  NEARNESSES,
  nearnessOf,
  tapeOf,
  type Day,
  type Nearness,
} from '#plan/deadlines.ts'
import {
  clientOf,
  isProfessional,
  responsibleProfessional,
  seesSomeGoals,
  type Person,
} from '#plan/people.ts'
import type { PlanLine, StateCount, Waiting } from '#live/plan-lines.ts'
import type { GoalView } from '#live/wire.ts'
import type { App } from './app.ts'
import type { Account } from './auth/sessions.ts'
import * as days from './db/days.ts'
import { plansOf, seatAt } from './seated.ts'
import { planView } from './plan-views.ts'
import { allows } from './seats.ts'
import { waitingForHer, waitsFor } from './waits.ts'

/** The plans an account sits at, the most urgent first, then by name. */
export async function planLines(app: App, account: Account, today: Day): Promise<PlanLine[]> {
  const { sql } = app.db
  const lines: PlanLine[] = []
  for (const plan of await plansOf(app, account)) {
    const seat = await seatAt(app, account, plan.id, 'what-they-may')
    if (!seat) continue
    const { circle, me } = seat
    const view = await planView(sql, circle, me)
    if (!view) continue
    const course = await days.ofPlan(sql, plan.id)
    const reviews = await days.lookedBack(sql, plan.id)
    const some = seesSomeGoals(me, circle.people)
    const [deadline] = some ? [] : deadlinesOf(course)
    const next = lookBack(view.goals, reviews)
    const responsible = responsibleProfessional(circle.people)
    const forHer = await waitingForHer(sql, circle, view.goals)
    const mayKnow = allows(circle, me, 'read', { zone: 'care' })
    const her = mayKnow ? forHer : null
    const waits = waitsOf(view.goals, me, circle.people, next, her)
    const due = [deadline?.by, next?.day].flatMap((day) => day ?? []).sort()[0] ?? null
    lines.push({
      id: plan.id,
      title: plan.title,
      client: { name: plan.clientName, callMe: plan.callMe, age: view.client.age },
      setting: view.client.setting,
      startedOn: some ? null : course.startedOn,
      professional: isProfessional(me),
      contact: responsible ? { name: responsible.name, you: responsible.id === me.id } : null,
      states: statesOf(view.goals),
      deadline: deadline ? { ...deadline, tape: tapeOf(deadline, today) } : null,
      waits,
      due,
      nearness: nearness(due, waits, today),
    })
  }
  return lines.sort(
    (a, b) =>
      NEARNESSES.indexOf(a.nearness) - NEARNESSES.indexOf(b.nearness) ||
      (a.due ?? '9999').localeCompare(b.due ?? '9999') ||
      a.client.name.localeCompare(b.client.name),
  )
}

/** What waits for this person, or for a talk, is for this week, whatever the calendar says. */
function nearness(due: Day | null, waits: readonly Waiting[], today: Day): Nearness {
  const near = due === null ? 'later' : nearnessOf(due, today)
  const now = waits.some((one) => ['you', 'her', 'talk'].includes(one.for))
  return now && near !== 'late' ? 'week' : near
}

function statesOf(goals: readonly GoalView[]): StateCount[] {
  const counts = new Map<string, StateCount>()
  for (const goal of goals) {
    const state = goal.standing === 'resisted' ? 'apart' : goal.state
    const until = state === 'agreed-on-trial' ? (goal.agreed?.trialUntil ?? null) : null
    const key = `${state} ${until ?? ''}`
    const found = counts.get(key)
    if (found) found.count++
    else counts.set(key, { state, count: 1, until })
  }
  const first = (one: StateCount) =>
    one.state === 'apart' ? 0 : one.state === 'presented' ? 1 : isAgreed(one.state) ? 3 : 2
  return [...counts.values()].sort((a, b) => first(a) - first(b))
}

/** The first day a goal in force is looked back at that nobody looked back at yet. */
function lookBack(
  goals: readonly GoalView[],
  reviews: readonly { goalId: string; onDay: Day }[],
): { day: Day; trial: boolean } | null {
  const found = goals.flatMap((goal) => {
    const day = goal.agreed?.trialUntil ?? goal.agreed?.words.reviewOn
    if (!goal.agreed || !day) return []
    const done = reviews.some(({ goalId, onDay }) => goalId === goal.id && onDay >= day)
    return done ? [] : [{ day, trial: goal.agreed.trialUntil !== null }]
  })
  return found.sort((a, b) => a.day.localeCompare(b.day))[0] ?? null
}

function waitsOf(
  goals: readonly GoalView[],
  me: Person,
  people: readonly Person[],
  next: { day: Day; trial: boolean } | null,
  her: { personId: string; goals: readonly GoalView[] } | null,
): Waiting[] {
  const waits: Waiting[] = []
  const mine = goals.filter((goal) => waitsFor(goal, me.id)).length
  if (mine > 0) waits.push({ for: 'you', count: mine })
  const forHer = (id: string) => (her?.personId === id ? her.goals.length : 0)
  if (forHer(me.id) > 0)
    waits.push({ for: 'her', count: forHer(me.id), who: clientOf(people)?.name ?? '' })
  if (isProfessional(me)) {
    if (goals.some((goal) => goal.standing === 'resisted')) waits.push({ for: 'talk' })
    const others = people.filter(
      ({ id }) => id !== me.id && (forHer(id) > 0 || goals.some((goal) => waitsFor(goal, id))),
    )
    if (others.length > 0) waits.push({ for: 'others', names: others.map(({ name }) => name) })
  }
  if (next) waits.push({ for: 'look-back', ...next })
  return waits
}
