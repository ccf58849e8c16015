/** What comes in at the doors, read from `unknown`: HTTP bodies and socket.io events alike. */
import * as v from 'valibot'
import { ANSWERS, METHODS, REACTIONS } from '#plan/answers.ts'
import { AREAS } from '#plan/areas.ts'
import { PRESENCES } from '#plan/meeting.ts'
import { CLIENT_QUESTIONS, FAMILY_QUESTIONS, PRO_QUESTIONS } from '#plan/preparation.ts'
import { ASKED_MARKS } from '#plan/marks.ts'
import { OUTCOMES } from '#plan/reviews.ts'
import { REMARK_KINDS } from '#plan/remarks.ts'
import { BASES } from '#plan/voice.ts'
import { isDay } from '#live/documents.ts'
import { NO_TEXT, unreadableAt } from './readable.ts'

export const id = v.pipe(v.string(), v.regex(/^[\w-]{1,100}$/, 'not an id'))
export const day = v.pipe(
  v.string(),
  v.check((value) => isDay(value), 'not a day'),
)
export const ids = v.pipe(v.array(id), v.maxLength(60))

/** Methods may be written with dashes as well. */
const method = v.pipe(
  v.string(),
  v.transform((word) => word.replaceAll('-', '_')),
  v.picklist(METHODS),
)

export const SignIn = v.strictObject({
  email: v.pipe(v.string(), v.nonEmpty(), v.maxLength(320)),
  password: v.pipe(v.string(), v.nonEmpty(), v.maxLength(1000)),
  /** Of the code app, or for recovery. */
  code: v.optional(v.pipe(v.string(), v.trim(), v.nonEmpty(), v.maxLength(40))),
})

/** A code as it was typed or pasted. */
export const Code = v.strictObject({
  code: v.pipe(v.string(), v.trim(), v.nonEmpty(), v.maxLength(40)),
})

/** A password somebody chose, and the one they have. */
export const Password = v.strictObject({
  current: v.optional(v.pipe(v.string(), v.maxLength(1000)), ''),
  next: v.pipe(v.string(), v.maxLength(1000)),
})

/** An address to write to. */
export const Address = v.strictObject({
  email: v.pipe(v.string(), v.trim(), v.nonEmpty(), v.maxLength(320)),
})

export const CreateGoal = v.strictObject({ area: v.picklist(AREAS), wishes: v.optional(ids, []) })

export const Present = v.strictObject({
  parties: v.optional(ids),
  heard: v.optional(ids),
  informed: v.optional(ids),
  trial: v.optional(v.boolean(), false),
  /** The judgement it falls under, or `none`: the client decides this herself. */
  topic: v.optional(id),
  /** Lays the same words before people once more. */
  again: v.optional(v.boolean(), false),
})

export const Answer = v.strictObject({
  hash: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/, 'not a hash')),
  answer: v.picklist(ANSWERS),
  method,
  party: v.optional(id),
  remark: v.optional(v.pipe(v.string(), v.maxLength(2000))),
  witnesses: v.optional(ids),
  reaction: v.optional(v.picklist(REACTIONS)),
  ways: v.optional(v.pipe(v.array(v.pipe(v.string(), v.trim(), v.maxLength(200))), v.maxLength(5))),
  sentence: v.optional(v.pipe(v.string(), v.maxLength(500))),
  code: v.optional(v.pipe(v.string(), v.maxLength(100))),
  key: v.pipe(v.string(), v.regex(/^[\w.:-]{1,100}$/, 'not a key')),
})

/** The words somebody has open; none. */
export const Reading = v.nullable(v.strictObject({ goalId: id, hash: Answer.entries.hash }))

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

export const words = v.pipe(v.string(), v.maxLength(4000))
export const MarkGoal = v.strictObject({
  mark: v.picklist(ASKED_MARKS),
  personId: v.optional(id),
  text: v.optional(words, ''),
  instead: v.optional(words, ''),
  informed: v.optional(v.boolean(), false),
})

export const ReviewGoal = v.strictObject({
  outcome: v.picklist(OUTCOMES),
  text: v.optional(words, ''),
  said: v.optional(words, ''),
})

export const SetPlan = v.strictObject({ reviewOn: day })
export const GiveCopy = v.strictObject({
  personId: id,
  way: v.picklist(['screen', 'paper', 'mail', 'read-aloud']),
})

export const ReadNotices = v.strictObject({
  upTo: v.pipe(v.number(), v.integer(), v.minValue(0)),
  goalId: v.optional(v.nullable(id), null),
})

/** She cannot say it herself now: on what judgement, what she showed, who answers for her. */
export const AskForHer = v.strictObject({
  hash: Answer.entries.hash,
  judgementId: id,
  reaction: v.picklist(REACTIONS),
  saw: v.optional(v.pipe(v.string(), v.maxLength(2000)), ''),
  /** Left out where she resists: then nobody is asked. */
  personId: v.optional(id),
  key: Answer.entries.key,
})

/** What the client says on her own screens. */
export const ClientSays = v.strictObject({
  goalId: id,
  hash: Answer.entries.hash,
  answer: v.picklist(['yes', 'yes-with-remark', 'no', 'talk']),
  remark: Answer.entries.remark,
  sentence: Answer.entries.sentence,
  key: Answer.entries.key,
})

export const Help = v.strictObject({
  about: v.picklist(['help', 'change']),
  goalId: v.optional(id),
})

export const HearHelp = v.strictObject({ id })

/** Erasing a whole plan, after weighing whether another needs it. */
export const ErasePlan = v.strictObject({
  ground: v.picklist(['request', 'retention-over']),
  askedBy: v.optional(id),
  weighed: v.literal(true),
  name: v.pipe(v.string(), v.maxLength(200)),
})

export const EraseCard = v.strictObject({ askedBy: id })

export const MoveCard = v.strictObject({ to: id })

export const Seen = v.strictObject({ all: v.optional(v.boolean(), false) })

export const Remark = v.strictObject({
  goalId: v.optional(id),
  documentId: v.optional(id),
  cardId: v.optional(id),
  kind: v.optional(v.picklist(REMARK_KINDS), 'remark'),
  text: v.pipe(v.string(), v.maxLength(4000)),
  saidBy: v.optional(id),
  basis: v.optional(v.picklist(BASES)),
  answers: v.optional(id),
})

export const Withdraw = v.strictObject({ documentId: id })

export const Revise = v.strictObject({ proposal: v.optional(id) })

const title = v.pipe(v.string(), v.maxLength(200))

/** One step in a meeting (src/plan/steps.ts). */
export const Step = v.strictObject({
  step: v.variant('do', [
    v.strictObject({ do: v.picklist(['start', 'next', 'raise', 'ask-round', 'end-round']) }),
    v.strictObject({ do: v.picklist(['stop-pointing', 'finish']) }),
    v.strictObject({ do: v.picklist(['go-to', 'park', 'unpark', 'remove']), item: id }),
    v.strictObject({ do: v.literal('bring'), goal: id, title }),
    v.strictObject({ do: v.literal('add'), title }),
    v.strictObject({ do: v.literal('rename'), item: id, title }),
    v.strictObject({ do: v.literal('order'), items: v.pipe(v.array(id), v.maxLength(60)) }),
    v.strictObject({ do: v.literal('lower'), person: v.optional(id) }),
    v.strictObject({ do: v.literal('heard'), person: id }),
    v.strictObject({ do: v.literal('point'), words: title, target: v.optional(id) }),
    v.strictObject({ do: v.picklist(['hand-over', 'minutes']), to: id }),
    v.strictObject({ do: v.literal('take-over'), from: id }),
    v.strictObject({ do: v.literal('arrive'), how: v.picklist(['here', 'remote']) }),
    v.strictObject({
      do: v.literal('presence'),
      person: id,
      how: v.picklist(PRESENCES),
      because: v.optional(v.pipe(v.string(), v.maxLength(500))),
    }),
  ]),
})

/** When, where and with whom people meet. */
export const PlanMeeting = v.strictObject({
  onAt: v.pipe(v.string(), v.isoTimestamp()),
  minutes: v.optional(v.pipe(v.number(), v.integer(), v.minValue(5), v.maxValue(480)), 30),
  place: v.optional(v.pipe(v.string(), v.trim(), v.maxLength(200)), ''),
  link: v.optional(
    v.pipe(
      v.string(),
      v.trim(),
      v.maxLength(500),
      v.check((text) => text === '' || URL.parse(text)?.protocol === 'https:', 'not https'),
    ),
    '',
  ),
  people: ids,
  chair: v.optional(id),
})
const prepared = v.optional(v.pipe(v.string(), v.maxLength(4000)))
const QUESTIONS = [...CLIENT_QUESTIONS, ...FAMILY_QUESTIONS, ...PRO_QUESTIONS] as const
/** What somebody prepares for a meeting, and which answer lies on the board as which card. */
export const Prepare = v.strictObject({
  answers: v.strictObject(v.entriesFromList(QUESTIONS, prepared)),
  cards: v.record(v.picklist(QUESTIONS), id),
  handIn: v.boolean(),
})
export const CorrectReport = v.strictObject({
  line: v.pipe(v.string(), v.regex(/^[\w-]{1,150}$/, 'not a line')),
  text: v.pipe(v.string(), v.maxLength(4000)),
})
const face = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(3))
export const Feedback = v.strictObject({
  couldSay: face,
  wasHeard: face,
  knows: face,
  party: v.optional(id),
})
export const AdmitScreen = v.strictObject({ code: v.pipe(v.string(), v.maxLength(20)) })
export const RemoveScreen = v.strictObject({ screenId: id })

/** For whom a plan is printed. */
export const Print = v.strictObject({ for: v.optional(v.picklist(['me', 'record']), 'me') })

export const Nothing = v.strictObject({})

/** The same acts over socket.io name their goal or plan in the body. */
export const onGoal = <E extends v.ObjectEntries>(schema: v.StrictObjectSchema<E, undefined>) =>
  v.strictObject({ goalId: id, ...schema.entries })
export const onPlan = <E extends v.ObjectEntries>(schema: v.StrictObjectSchema<E, undefined>) =>
  v.strictObject({ planId: id, ...schema.entries })

export const onMeeting = <E extends v.ObjectEntries>(schema: v.StrictObjectSchema<E, undefined>) =>
  v.strictObject({ meetingId: id, ...schema.entries })

/** The value, or what is wrong with it, each fault with its path. */
export function read<S extends v.GenericSchema>(
  schema: S,
  raw: unknown,
): { value: v.InferOutput<S> } | { faults: { path: string; fault: string }[] } {
  const result = v.safeParse(schema, raw)
  if (result.success) {
    const path = unreadableAt(result.output)
    return path === null ? { value: result.output } : { faults: [{ path, fault: NO_TEXT }] }
  }
  return {
    faults: result.issues.map((issue) => ({
      path: v.getDotPath(issue) ?? '',
      fault: issue.message,
    })),
  }
}
