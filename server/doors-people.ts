/** What comes in at the doors about who sits at a plan and who decides what, read from `unknown`. */
import * as v from 'valibot'
import { AREAS } from '#plan/areas.ts'
import { ROLES } from '#plan/people.ts'
import { day, id, ids, words } from './doors.ts'

export const Invite = v.strictObject({
  name: v.pipe(v.string(), v.trim(), v.nonEmpty(), v.maxLength(200)),
  email: v.pipe(v.string(), v.trim(), v.email(), v.maxLength(320)),
  role: v.picklist(ROLES.filter((role) => role !== 'client')),
  relation: v.optional(v.pipe(v.string(), v.maxLength(200))),
  consent: v.pipe(v.string(), v.trim(), v.nonEmpty(), v.maxLength(2000)),
  until: v.optional(day),
  /** The goals it is for; left out: the plan as their seat has it. */
  goals: v.optional(v.pipe(ids, v.minLength(1))),
})

export const ChangeSeat = v.strictObject({
  until: v.optional(v.nullable(day)),
  confidant: v.optional(v.boolean()),
  goals: v.optional(v.nullable(v.pipe(ids, v.minLength(1)))),
  /** What the client said about which goals; asked for with `goals`. */
  consent: v.optional(v.pipe(v.string(), v.trim(), v.maxLength(2000)), ''),
})

export const Represent = v.strictObject({
  role: v.picklist(ROLES),
  because: v.pipe(v.string(), v.maxLength(2000)),
})

/** A colleague who is let in to a therapist's own part of the care, or no longer. */
export const Colleague = v.strictObject({ personId: id })

export const Judge = v.strictObject({
  topic: v.pipe(v.string(), v.trim(), v.nonEmpty(), v.maxLength(500)),
  goalId: v.optional(v.nullable(id), null),
  able: v.boolean(),
  /** Empty only from a psychologist, who records what they judged themselves. */
  judgedBy: v.pipe(v.string(), v.trim(), v.maxLength(200)),
  judgeId: v.optional(id),
  reason: v.optional(words, ''),
  on: day,
  reviewOn: v.optional(v.nullable(day), null),
})

/** An earlier written refusal, or that one is taken back. */
export const Refusing = v.union([
  v.strictObject({ takesBack: id }),
  v.strictObject({
    text: v.pipe(words, v.trim(), v.nonEmpty()),
    area: v.optional(v.nullable(v.picklist(AREAS)), null),
    on: day,
  }),
])

export const StandIn = v.strictObject({
  personId: id,
  stance: v.picklist(['declines', 'accepts', 'pointed-out']),
  text: v.optional(words, ''),
})
