/**
 * The report of a meeting: made from what happened, not from memory.
 *
 * Whoever takes the minutes may correct what nobody agreed to: what was said about an item, why
 * somebody was not there. Every correction stays visible. Agreed words are never corrected here:
 * other words are another yes. Once it is set, the report is as it is, for ever.
 */
import { isFixed, wholeTitle, type Item } from './agenda.ts'
import { minutesOf, type Meeting } from './meeting.ts'
import type { PersonId } from './people.ts'
import type { Refusal } from './refusals.ts'
import type { ReviewOutcome } from './reviews.ts'
import type { Words } from './words.ts'
import { fold } from './words.ts'

export const PARTS = [
  'present',
  'remote',
  'absent',
  'item',
  'review',
  'agreed',
  'open',
  'action',
  'dissent',
  'parked',
  'note',
] as const
export type Part = (typeof PARTS)[number]

export type ReportLine = {
  id: string
  part: Part
  /** What is fixed of it: the name of an item, agreed words, what somebody does. */
  title: string
  person: PersonId | null
  goalId: string | null
  when: string
  minutes: number
  /** How it went, where people looked back: what came of it, what was seen, what the client says. */
  review?: { outcome: ReviewOutcome; seen: string; said: string }
  /** What may be corrected. */
  text: string
}

export type Report = {
  meetingId: string
  startedAt: string
  finishedAt: string
  chair: PersonId
  minuteTaker: PersonId | null
  lines: ReportLine[]
}

export type Correction = {
  line: string
  was: string
  becomes: string
  by: PersonId
  at: string
}

/** What became of the goals of the plan, as far as a report tells it. */
export type GoalInMeeting = {
  id: string
  words: Words
  agreed: { at: string; words: Words; dissent: { personId: PersonId; text: string } | null } | null
}

/** Looking back at agreed words, as far as a report tells it. */
export type ReviewInMeeting = {
  goalId: string
  /** The words people looked back at. */
  plainText: string
  outcome: ReviewOutcome
  text: string
  said: string
  by: PersonId | null
  at: string
}

const line = (id: string, part: Part, more: Partial<ReportLine> = {}): ReportLine => ({
  id,
  part,
  title: '',
  person: null,
  goalId: null,
  when: '',
  minutes: 0,
  text: '',
  ...more,
})

/**
 * The report of a meeting that was just closed.
 *
 * An agenda shortens what people said so that it can be read from afar; a report does not: each
 * item stands in it with its whole text, unless whoever led gave it a name of their own.
 */
export function reportOf(
  meetingId: string,
  meeting: Meeting,
  asked: readonly PersonId[],
  goals: readonly GoalInMeeting[],
  reviews: readonly ReviewInMeeting[] = [],
  cards: readonly { id: string; text: string }[] = [],
): Report {
  const began = meeting.startedAt ?? ''
  const ended = meeting.finishedAt ?? began
  const place = (id: PersonId) => (asked.includes(id) ? asked.indexOf(id) : asked.length)
  const there = Object.entries(meeting.presence).sort(([a], [b]) => place(a) - place(b))
  const people = there.map(([person, { how, because }]) =>
    line(`person-${person}`, how === 'here' ? 'present' : how, { person, text: because }),
  )
  const missing = asked
    .filter((id) => meeting.presence[id] === undefined)
    .map((person) => line(`person-${person}`, 'absent', { person }))
  const whole = ({ title, goalId, cardId }: Item): string => {
    const goal = goals.find(({ id }) => id === goalId)
    const text = fold(
      (goal?.agreed?.words ?? goal?.words)?.plainText ??
        cards.find(({ id }) => id === cardId)?.text ??
        '',
    )
    return wholeTitle(title, text)
  }
  const items = meeting.agenda
    .filter((item) => !isFixed(item.kind) && item.state === 'done')
    .map((item) =>
      line(`item-${item.id}`, 'item', {
        title: whole(item),
        goalId: item.goalId,
        minutes: minutesOf(meeting, item, ended),
      }),
    )
  const parked = meeting.agenda
    .filter((item) => !isFixed(item.kind) && item.state !== 'done')
    .map((item) => line(`parked-${item.id}`, 'parked', { title: whole(item), goalId: item.goalId }))
  const agreed = goals.flatMap((goal) =>
    goal.agreed && goal.agreed.at >= began && goal.agreed.at <= ended
      ? [{ id: goal.id, ...goal.agreed }]
      : [],
  )
  const lookedBack = reviews.filter(({ at }) => at >= began && at <= ended)
  const onAgenda = new Set(meeting.agenda.flatMap(({ goalId }) => goalId ?? []))
  const open = goals.filter((goal) => onAgenda.has(goal.id) && goal.agreed === null)
  return {
    meetingId,
    startedAt: began,
    finishedAt: ended,
    chair: meeting.chair,
    minuteTaker: meeting.minuteTaker,
    lines: [
      ...people,
      ...missing,
      ...items,
      ...lookedBack.map(({ goalId, plainText, outcome, text, said, by }, at) =>
        line(`review-${goalId}-${at}`, 'review', {
          title: plainText,
          person: by,
          goalId,
          review: { outcome, seen: text, said },
        }),
      ),
      ...agreed.map(({ id, words }) =>
        line(`agreed-${id}`, 'agreed', {
          title: words.plainText,
          goalId: id,
          when: words.reviewOn ?? '',
        }),
      ),
      ...agreed.flatMap(({ id, words }) =>
        words.actions.map((action, at) =>
          line(`action-${id}-${at}`, 'action', {
            title: action.what,
            person: action.who,
            goalId: id,
            when: action.when,
          }),
        ),
      ),
      ...agreed.flatMap(({ id, dissent }) =>
        dissent
          ? [
              line(`dissent-${id}`, 'dissent', {
                title: dissent.text,
                person: dissent.personId,
                goalId: id,
              }),
            ]
          : [],
      ),
      ...open
        .filter((goal) => goal.words.plainText !== '')
        .map((goal) =>
          line(`open-${goal.id}`, 'open', { title: goal.words.plainText, goalId: goal.id }),
        ),
      ...parked,
      line('note', 'note'),
    ],
  }
}

const CORRECTED: readonly Part[] = ['absent', 'item', 'parked', 'open', 'note']
export const mayBeCorrected = ({ part }: ReportLine): boolean => CORRECTED.includes(part)

/** The report with every correction so far. */
export function withCorrections(report: Report, corrections: readonly Correction[]): Report {
  const newest = new Map(corrections.map(({ line: id, becomes }) => [id, becomes]))
  return {
    ...report,
    lines: report.lines.map((one) => ({ ...one, text: newest.get(one.id) ?? one.text })),
  }
}

/** A correction as it is kept, or why it cannot be made. */
export function correct(
  report: Report,
  asked: { line: string; text: string; by: PersonId; at: string },
): Correction | Refusal {
  const found = report.lines.find(({ id }) => id === asked.line)
  if (!found) return 'unknown-item'
  if (!mayBeCorrected(found)) return 'already-agreed'
  const becomes = fold(asked.text).slice(0, 4000)
  if (becomes === found.text) return 'nothing-to-decide'
  return { line: found.id, was: found.text, becomes, by: asked.by, at: asked.at }
}
