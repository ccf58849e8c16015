/** What comes in at the doors, read from `unknown`: HTTP bodies and socket.io events alike. */
import * as v from 'valibot'
import { ANSWERS, METHODS, REACTIONS } from '#plan/agreement.ts'
import { AREAS } from '#plan/areas.ts'
import { ROLES } from '#plan/people.ts'
import { isDay } from '#live/documents.ts'

const id = v.pipe(v.string(), v.regex(/^[\w-]{1,100}$/, 'not an id'))
const ids = v.pipe(v.array(id), v.maxLength(60))

/** Methods may be written with dashes as well. */
const method = v.pipe(
  v.string(),
  v.transform((word) => word.replaceAll('-', '_')),
  v.picklist(METHODS),
)

export const SignIn = v.strictObject({
  email: v.pipe(v.string(), v.nonEmpty(), v.maxLength(320)),
  password: v.pipe(v.string(), v.nonEmpty(), v.maxLength(1000)),
})

export const CreateGoal = v.strictObject({ area: v.picklist(AREAS), wishes: v.optional(ids, []) })

export const Present = v.strictObject({
  parties: v.optional(ids),
  heard: v.optional(ids),
  trial: v.optional(v.boolean(), false),
})

export const Answer = v.strictObject({
  hash: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/, 'not a hash')),
  answer: v.picklist(ANSWERS),
  method,
  party: v.optional(id),
  remark: v.optional(v.pipe(v.string(), v.maxLength(2000))),
  witnesses: v.optional(ids),
  reaction: v.optional(v.picklist(REACTIONS)),
  key: v.pipe(v.string(), v.regex(/^[\w.:-]{1,100}$/, 'not a key')),
})

export const Dissent = v.strictObject({
  personId: id,
  text: v.pipe(v.string(), v.maxLength(4000)),
})

const text = v.pipe(v.string(), v.maxLength(20_000))
export const Propose = v.strictObject({
  words: v.strictObject({
    area: v.picklist(AREAS),
    plainText: text,
    professionalText: text,
    success: text,
    reviewOn: v.nullable(
      v.pipe(
        v.string(),
        v.check((day) => isDay(day), 'not a day'),
      ),
    ),
    actions: v.pipe(
      v.array(v.strictObject({ what: text, who: v.nullable(id), when: text })),
      v.maxLength(100),
    ),
  }),
  send: v.boolean(),
})

export const Invite = v.strictObject({
  name: v.pipe(v.string(), v.trim(), v.nonEmpty(), v.maxLength(200)),
  email: v.pipe(v.string(), v.trim(), v.email(), v.maxLength(320)),
  role: v.picklist(ROLES.filter((role) => role !== 'client')),
  relation: v.optional(v.pipe(v.string(), v.maxLength(200))),
  consent: v.pipe(v.string(), v.trim(), v.nonEmpty(), v.maxLength(2000)),
  until: v.optional(
    v.pipe(
      v.string(),
      v.check((day) => isDay(day), 'not a day'),
    ),
  ),
})

export const Withdraw = v.strictObject({ documentId: id })

export const Revise = v.strictObject({ proposal: v.optional(id) })

export const Nothing = v.strictObject({})

/** The same acts over socket.io name their goal or plan in the body. */
export const onGoal = <E extends v.ObjectEntries>(schema: v.StrictObjectSchema<E, undefined>) =>
  v.strictObject({ goalId: id, ...schema.entries })
export const onPlan = <E extends v.ObjectEntries>(schema: v.StrictObjectSchema<E, undefined>) =>
  v.strictObject({ planId: id, ...schema.entries })

/** The value, or what is wrong with it, each fault with its path. */
export function read<S extends v.GenericSchema>(
  schema: S,
  raw: unknown,
): { value: v.InferOutput<S> } | { faults: { path: string; fault: string }[] } {
  const result = v.safeParse(schema, raw)
  if (result.success) return { value: result.output }
  return {
    faults: result.issues.map((issue) => ({
      path: v.getDotPath(issue) ?? '',
      fault: issue.message,
    })),
  }
}
