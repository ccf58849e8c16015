/** What a care plan to be imported must look like (`data/careplans.nl.json`), read from `unknown`. */
import * as v from 'valibot'
import { AREAS } from '#plan/areas.ts'
import { METHODS } from '#plan/answers.ts'
import { ROLES } from '#plan/people.ts'
import { BASES } from '#plan/voice.ts'
import { isDay } from '#live/documents.ts'
import { NO_TEXT, unreadableAt } from '../readable.ts'

const words = (max: number) => v.pipe(v.string(), v.trim(), v.nonEmpty(), v.maxLength(max))
const maybe = (max: number) => v.pipe(v.string(), v.trim(), v.maxLength(max))
const day = v.pipe(
  v.string(),
  v.check((text) => isDay(text), 'write a day as YYYY-MM-DD'),
)
const key = v.pipe(
  v.string(),
  v.regex(/^[a-z0-9][a-z0-9-]{0,39}$/, 'use lower-case letters, digits and dashes'),
)
const list = <T extends v.BaseSchema<unknown, unknown, v.BaseIssue<unknown>>>(of: T, max: number) =>
  v.optional(v.pipe(v.array(of), v.maxLength(max)), [])

const said = { text: words(4000), saidBy: key, basis: v.picklist(BASES) }

export const PlanSchema = v.strictObject({
  id: v.optional(v.pipe(v.string(), v.regex(/^[A-Za-z0-9][A-Za-z0-9-]{0,63}$/))),
  tests: v.optional(maybe(1000)),
  client: v.strictObject({
    name: words(200),
    callMe: words(200),
    age: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(130))),
    setting: v.optional(maybe(300), ''),
    law: v.optional(maybe(100), ''),
    about: v.optional(maybe(2000), ''),
  }),
  participants: v.pipe(
    v.array(
      v.strictObject({
        key,
        name: words(200),
        role: v.picklist(ROLES),
        relation: v.optional(maybe(200)),
        attends: v.optional(maybe(100), ''),
        mayConfirm: v.boolean(),
        authority: words(200),
        goals: v.optional(v.pipe(v.array(key), v.minLength(1), v.maxLength(60))), // these, and nothing else
      }),
    ),
    v.minLength(1),
    v.maxLength(60),
  ),
  lifeStory: list(v.strictObject(said), 100),
  wishes: list(v.strictObject({ id: key, domain: v.picklist(AREAS), ...said }), 200),
  discussionPoints: list(
    v.strictObject({
      text: words(4000),
      raisedBy: key,
      visibility: v.picklist(['shared', 'care', 'client_private']),
    }),
    200,
  ),
  goals: list(
    v.strictObject({
      id: key,
      wishIds: list(key, 50),
      domain: v.picklist(AREAS),
      plainText: words(4000),
      professionalText: v.optional(maybe(4000), ''),
      evaluateOn: v.optional(v.nullable(day), null),
      capacityTopic: v.optional(words(500)), // the topic of an assessment that this goal falls under
      status: v.picklist([
        'in_discussion',
        'proposed',
        'ready_for_confirmation',
        'in_discussion_wzd',
        'agreed',
        'agreed_trial',
        'agreed_with_dissent',
      ]),
      confirmations: list(
        v.strictObject({
          by: key,
          decision: v.picklist(['agree', 'disagree', 'pending', 'seen']),
          method: v.picklist([...METHODS, '']),
          remark: v.optional(maybe(2000), ''),
        }),
        100,
      ),
    }),
    100,
  ),
  agreements: list(
    v.strictObject({
      goalId: v.nullable(key),
      text: words(2000),
      doneBy: v.nullable(key),
      when: v.optional(maybe(500), ''),
      taskAccepted: v.optional(v.nullable(v.boolean()), null),
    }),
    300,
  ),
  restricted: list(
    v.strictObject({
      text: words(4000),
      by: key,
      zone: v.picklist(['care', 'client_private', 'draft']),
      audience: list(key, 60),
    }),
    100,
  ),
  evaluation: v.optional(
    v.strictObject({
      goalId: key,
      date: day,
      text: words(4000),
      achievement: v.picklist([
        'achieved',
        'improving',
        'sustaining',
        'in-progress',
        'not-achieved',
        'worsening',
        'no-change',
        'not-attainable',
      ]),
    }),
  ),
  capacityAssessments: list(
    v.strictObject({ topic: words(500), result: words(500), assessedBy: words(200), date: day }),
    100,
  ),
  dissent: list(v.strictObject({ goalId: key, by: key, text: words(4000) }), 50),
  sharingConsents: list(
    v.strictObject({
      grantor: key,
      grantee: key,
      text: words(2000),
      date: day,
      status: v.picklist(['active', 'withdrawn']),
    }),
    100,
  ),
  wishesNotFollowed: list(
    v.strictObject({
      wishId: key,
      reason: words(2000),
      legalGround: words(500),
      consulted: v.optional(maybe(500), ''),
    }),
    100,
  ),
  writtenDeclarations: list(
    v.strictObject({ text: words(2000), by: key, basis: v.picklist(BASES) }),
    50,
  ),
  deadlines: list(v.strictObject({ what: words(200), date: day }), 50),
  /** When the care began; when everyone looked back at the plan; when it was set. */
  startedOn: v.optional(day),
  reviewedOn: list(day, 100),
  setOn: list(day, 100),
})
export type ImportedPlan = v.InferOutput<typeof PlanSchema>

/** One fault, at one place: `goals[1].confirmations[0].by`. */
export type Fault = { path: string; fault: string }

const dotted = (path: readonly (string | number)[]): string =>
  path.reduce<string>(
    (all, part) => (typeof part === 'number' ? `${all}[${part}]` : all ? `${all}.${part}` : part),
    '',
  )

/** Reads a plan; every fault is named with its place. */
export function readPlan(raw: unknown): { plan: ImportedPlan } | { faults: Fault[] } {
  const result = v.safeParse(PlanSchema, raw)
  if (!result.success) {
    const faults = result.issues.map((issue) => ({
      path: dotted((issue.path ?? []).map((part) => part.key as string | number)),
      fault: issue.message,
    }))
    return { faults }
  }
  const path = unreadableAt(result.output)
  if (path !== null) return { faults: [{ path, fault: NO_TEXT }] }
  const faults = loose(result.output)
  return faults.length > 0 ? { faults } : { plan: result.output }
}

/** What refers to something that is not in the plan, or stands there twice. */
function loose(plan: ImportedPlan): Fault[] {
  const faults: Fault[] = []
  const unique = (ids: readonly string[], path: (at: number) => string) => {
    ids.forEach((id, at) => {
      if (ids.indexOf(id) !== at)
        faults.push({ path: path(at), fault: `"${id}" stands here twice` })
    })
    return new Set(ids)
  }
  const people = unique(
    plan.participants.map((p) => p.key),
    (at) => `participants[${at}].key`,
  )
  const wishes = unique(
    plan.wishes.map((w) => w.id),
    (at) => `wishes[${at}].id`,
  )
  const goals = unique(
    plan.goals.map((g) => g.id),
    (at) => `goals[${at}].id`,
  )
  const known = (set: ReadonlySet<string>, id: string | null, path: string, what: string) => {
    if (id !== null && !set.has(id)) faults.push({ path, fault: `no ${what} is called "${id}"` })
  }
  const person = (id: string | null, path: string) => known(people, id, path, 'participant')
  plan.participants.forEach((p, i) =>
    p.goals?.forEach((id, n) => known(goals, id, `participants[${i}].goals[${n}]`, 'goal')),
  )
  plan.lifeStory.forEach((s, i) => person(s.saidBy, `lifeStory[${i}].saidBy`))
  plan.wishes.forEach((w, i) => person(w.saidBy, `wishes[${i}].saidBy`))
  plan.discussionPoints.forEach((p, i) => person(p.raisedBy, `discussionPoints[${i}].raisedBy`))
  plan.goals.forEach((g, i) => {
    g.wishIds.forEach((id, n) => known(wishes, id, `goals[${i}].wishIds[${n}]`, 'wish'))
    g.confirmations.forEach((c, n) => person(c.by, `goals[${i}].confirmations[${n}].by`))
  })
  plan.agreements.forEach((a, i) => {
    known(goals, a.goalId, `agreements[${i}].goalId`, 'goal')
    person(a.doneBy, `agreements[${i}].doneBy`)
  })
  plan.restricted.forEach((r, i) => {
    person(r.by, `restricted[${i}].by`)
    r.audience.forEach((key, n) => person(key, `restricted[${i}].audience[${n}]`))
  })
  plan.dissent.forEach((d, i) => {
    known(goals, d.goalId, `dissent[${i}].goalId`, 'goal')
    person(d.by, `dissent[${i}].by`)
  })
  plan.sharingConsents.forEach((c, i) => {
    person(c.grantor, `sharingConsents[${i}].grantor`)
    person(c.grantee, `sharingConsents[${i}].grantee`)
  })
  plan.wishesNotFollowed.forEach((w, i) =>
    known(wishes, w.wishId, `wishesNotFollowed[${i}].wishId`, 'wish'),
  )
  plan.writtenDeclarations.forEach((d, i) => person(d.by, `writtenDeclarations[${i}].by`))
  const topics = new Set(plan.capacityAssessments.map(({ topic }) => topic))
  plan.goals.forEach((g, i) => {
    if (g.capacityTopic !== undefined)
      known(topics, g.capacityTopic, `goals[${i}].capacityTopic`, 'assessed topic')
  })
  if (plan.evaluation) known(goals, plan.evaluation.goalId, 'evaluation.goalId', 'goal')
  const clients = plan.participants.filter((p) => p.role === 'client').length
  if (clients !== 1) {
    faults.push({
      path: 'participants',
      fault: `one participant has the role "client", not ${clients}`,
    })
  }
  return faults
}
