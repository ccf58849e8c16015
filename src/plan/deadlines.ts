/**
 * The days the law sets for a plan, and how near they are.
 *
 * A day is `YYYY-MM-DD`; today is handed in. The day something begins is day 0, as the law counts:
 * what must be done within six weeks after Monday 15 June may still be done on Monday 27 July.
 */

export type Day = string

/** The plan is set within six weeks after the start and after each review (Wlz 8.1.3 lid 1; L13). */
export const SET_WITHIN_DAYS = 42
/** Twice a year everyone looks back at the whole plan together (Wlz 8.1.1 lid 6; L6). */
export const REVIEW_EVERY_MONTHS = 6

const DAY = 86_400_000
const time = (day: Day): number => Date.parse(`${day}T00:00:00Z`)
const dayAt = (ms: number): Day => new Date(ms).toISOString().slice(0, 10)

/** The day it is in the Netherlands at a moment. */
export const dayOf = (at: Date): Day =>
  new Intl.DateTimeFormat('en-CA', { timeZone: 'Europe/Amsterdam', dateStyle: 'short' }).format(at)

export const addDays = (day: Day, days: number): Day => dayAt(time(day) + days * DAY)

/** Months later on the same day, or on the last day of a shorter month. */
export function addMonths(day: Day, months: number): Day {
  const [year, month, date] = day.split('-').map(Number) as [number, number, number]
  const last = new Date(Date.UTC(year, month + months, 0)).getUTCDate()
  return dayAt(Date.UTC(year, month - 1 + months, Math.min(date, last)))
}

/** How many days lie between two days; negative when `to` is earlier. */
export const daysBetween = (from: Day, to: Day): number => Math.round((time(to) - time(from)) / DAY)

/** What is known of a plan's course. */
export type PlanDays = {
  /** The law the care is given under, as the plan has it: `Wlz`, `Wlz + Wzd`, `Zvw`, … */
  law: string
  startedOn: Day | null
  /** When the whole plan was looked back at together. */
  reviewedOn: readonly Day[]
  /** When the plan was set (vastgesteld). */
  setOn: readonly Day[]
}

export type Duty = 'set' | 'review'

/** What must be done, from which day it counts, and the last day for it. */
export type Deadline = { duty: Duty; since: Day; by: Day; article: string }

const latest = (days: readonly (Day | null)[]): Day | null =>
  days.reduce((last, day) => (day !== null && (last === null || day > last) ? day : last), null)

/** The laws a plan can be made under. */
export const LAWS = ['Wlz', 'Wlz + Wzd', 'Zvw', 'Wmo', 'Zvw + Wmo'] as const

/** Only the Wlz sets these terms; home nursing and rehabilitation (Zvw) agree on their own. */
export const setsTerms = (law: string): boolean => /\bWlz\b/i.test(law)

/**
 * Every term that runs for a plan, the nearest first.
 *
 * A review starts six weeks for setting the plan anew, as the start did. A plan that was never
 * reviewed is to be reviewed half a year after it was first set, or, unset, after the start.
 */
export function deadlinesOf(plan: PlanDays): Deadline[] {
  if (!setsTerms(plan.law)) return []
  const found: Deadline[] = []
  const since = latest([plan.startedOn, ...plan.reviewedOn])
  if (since !== null && !plan.setOn.some((day) => day >= since)) {
    const by = addDays(since, SET_WITHIN_DAYS)
    found.push({ duty: 'set', since, by, article: 'Wlz 8.1.3 lid 1' })
  }
  const first = [...plan.setOn].sort()[0] ?? null
  const from = latest(plan.reviewedOn) ?? first ?? plan.startedOn
  if (from !== null) {
    const by = addMonths(from, REVIEW_EVERY_MONTHS)
    found.push({ duty: 'review', since: from, by, article: 'Wlz 8.1.1 lid 6' })
  }
  return found.sort((a, b) => (a.by < b.by ? -1 : 1))
}

/** How near a day is. `late`: it has passed. */
export type Nearness = 'late' | 'week' | 'month' | 'later'
export const NEARNESSES = ['late', 'week', 'month', 'later'] as const satisfies readonly Nearness[]

export function nearnessOf(by: Day, today: Day): Nearness {
  const days = daysBetween(today, by)
  if (days < 0) return 'late'
  if (days <= 7) return 'week'
  return days <= 31 ? 'month' : 'later'
}

export const isLate = ({ by }: Pick<Deadline, 'by'>, today: Day): boolean => today > by

/** A term as a tape measure: six weeks or six months, each filled as far as today. */
export type Tape = {
  unit: 'weeks' | 'months'
  /** How full each part is, from 0 to 1. */
  parts: number[]
  /** The day of the term it is today; more than `of` once it is late. */
  day: number
  of: number
}

export function tapeOf({ duty, since, by }: Deadline, today: Day): Tape {
  const marks = Array.from({ length: 7 }, (_, at) =>
    duty === 'set' ? addDays(since, at * 7) : addMonths(since, at),
  )
  const parts = marks.slice(1).map((end, at) => {
    const start = marks[at]!
    const full = daysBetween(start, today) / daysBetween(start, end)
    return Math.min(1, Math.max(0, full))
  })
  const unit = duty === 'set' ? 'weeks' : 'months'
  return { unit, parts, day: Math.max(0, daysBetween(since, today)), of: daysBetween(since, by) }
}
