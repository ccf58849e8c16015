/** What comes in at the doors about making plans, read from `unknown`. */
import * as v from 'valibot'
import { LAWS } from '#plan/deadlines.ts'
import { GROUNDS } from '#plan/not-followed.ts'
import { ITEM_OUTCOMES } from '#plan/own-plan.ts'
import { CARE_ROLES, ROLES } from '#plan/people.ts'
import { TEMPLATES } from '#plan/templates.ts'
import { TOPIC_STATES, TOPICS } from '#plan/topics.ts'
import { isDay } from '#live/documents.ts'

/** What is wrong in a field of a form, in one word; the screen has a sentence for each. */
const filled = (most: number) =>
  v.pipe(v.string('missing'), v.trim(), v.nonEmpty('missing'), v.maxLength(most, 'too-long'))
const short = (most: number) => v.pipe(v.string(), v.trim(), v.maxLength(most, 'too-long'))
const mail = v.pipe(filled(320), v.email('not-mail'))
const roles = (barred: readonly string[]) =>
  v.picklist(
    ROLES.filter((role) => !barred.includes(role)),
    'choose',
  )

/** A plan to be made: whom it is for, who sits at the table, and what it begins with. */
export type NewPlan = v.InferOutput<typeof NewPlan>
export const NewPlan = v.strictObject({
  client: v.strictObject({
    name: filled(200),
    callMe: filled(200),
    email: v.optional(v.union([v.literal(''), mail], 'not-mail')),
    age: v.optional(
      v.pipe(
        v.number('not-age'),
        v.integer('not-age'),
        v.minValue(0, 'not-age'),
        v.maxValue(130, 'not-age'),
      ),
    ),
    setting: v.optional(short(300), ''),
    law: v.picklist(LAWS, 'choose'),
    // she decides herself, or for some things somebody stands in for her
    decides: v.optional(v.picklist(['self', 'self_where_possible'], 'choose'), 'self'),
  }),
  startedOn: v.pipe(
    v.string('missing'),
    v.check((text) => isDay(text), 'not-a-day'),
  ),
  // on what footing the one who makes it sits at the table
  myRole: v.picklist(CARE_ROLES, 'choose'),
  people: v.optional(
    v.pipe(
      v.array(
        v.strictObject({
          name: filled(200),
          email: mail,
          // money only, and numbers only: neither sits at the table
          role: roles(['client', 'administrator', 'care_manager']),
          relation: v.optional(short(200)),
        }),
      ),
      v.maxLength(30, 'too-many'),
    ),
    [],
  ),
  // what the client, or who acts for her, said about those who are no carers (WGBO 7:457)
  consent: v.optional(short(2000), ''),
  template: v.picklist(TEMPLATES, 'choose'),
})

const id = v.pipe(v.string(), v.regex(/^[\w-]{1,100}$/, 'not an id'))

export const NotFollow = v.strictObject({
  cardId: id,
  followed: v.optional(v.boolean(), false),
  ground: v.optional(v.picklist(GROUNDS)),
  reason: v.optional(v.pipe(v.string(), v.maxLength(4000)), ''),
  consulted: v.optional(v.pipe(v.string(), v.maxLength(500)), ''),
})

export const TickTopic = v.strictObject({
  topic: v.picklist(TOPICS),
  state: v.picklist(TOPIC_STATES),
})

/** What became of an item of a persoonlijk plan, and where it is now. */
export const DecideItem = v.strictObject({
  itemId: id,
  outcome: v.picklist(ITEM_OUTCOMES),
  cardId: v.optional(v.nullable(id)),
  goalId: v.optional(v.nullable(id)),
  reason: v.optional(v.pipe(v.string(), v.maxLength(4000)), ''),
})
