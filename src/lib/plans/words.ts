/** The sentences of the list of plans: what a term asks, and what waits. */
import { isLate, type Nearness } from '#plan/deadlines.ts'
import { dayInYear } from '#lib/look/dates.ts'
import { shortName } from '#lib/look/people.ts'
import { stateIcon, stateLook, stateWord } from '#lib/look/words.ts'
import { m } from '#lib/paraglide/messages.js'
import { getLocale } from '#lib/paraglide/runtime.js'
import type { PlanLine, StateCount, Waiting } from '#live/plan-lines.ts'

const groups: Record<Nearness, () => string> = {
  late: m.plans_group_late,
  week: m.plans_group_week,
  month: m.plans_group_month,
  later: m.plans_group_later,
}
export const groupWord = (nearness: Nearness): string => groups[nearness]()

export const plansWord = (count: number): string =>
  count === 1 ? m.plans_one() : m.plans_many({ count })

/** How many plans ask something now. */
export const askWord = (count: number): string => {
  if (count === 0) return m.plans_ask_none()
  return count === 1 ? m.plans_ask_one() : m.plans_ask_many({ count })
}

/** "Marjan en Fatima". */
const listed = (names: readonly string[]): string =>
  new Intl.ListFormat(getLocale()).format(names.map((name) => shortName({ name })))

/** A state with how many goals are in it. */
export function stateLine({ state, count, until }: StateCount): {
  look: string
  icon: string
  text: string
} {
  const goals = count === 1 ? m.plans_goal_one() : m.plans_goal_many({ count })
  if (state === 'apart') return { look: 'apart', icon: 'signpost', text: m.plans_apart() }
  const word = stateWord(state, until)
  const text = until ? word : m.plans_state({ state: word, goals })
  return { look: stateLook[state], icon: stateIcon[state], text }
}

/** What the term asks, in one sentence; and the day it is of how many, while that is counted. */
export function termWords(
  { deadline, startedOn }: Pick<PlanLine, 'deadline' | 'startedOn'>,
  today: string,
): { count: string | null; text: string } {
  if (!deadline) {
    return { count: null, text: startedOn ? m.plans_no_term() : m.plans_no_start() }
  }
  const { tape, by } = deadline
  const day = dayInYear(by, today)
  const late = isLate(deadline, today)
  if (deadline.duty === 'review') {
    return { count: null, text: late ? m.plans_review_late({ day }) : m.plans_review_by({ day }) }
  }
  if (late) return { count: null, text: m.plans_set_late({ day }) }
  return {
    count: tape.day === 0 ? m.plans_today_begun() : m.plans_day_of({ day: tape.day, of: tape.of }),
    text: m.plans_set_by({ day }),
  }
}

/** What waits, in one sentence. */
export function waitWord(waiting: Waiting, today: string): string {
  switch (waiting.for) {
    case 'you':
      return waiting.count === 1 ? m.plans_you_one() : m.plans_you_many({ count: waiting.count })
    case 'her': {
      const who = shortName({ name: waiting.who })
      return waiting.count === 1
        ? m.plans_her_one({ who })
        : m.plans_her_many({ who, count: waiting.count })
    }
    case 'talk':
      return m.plans_talk()
    case 'others':
      return waiting.names.length === 1
        ? m.plans_other_one({ name: listed(waiting.names) })
        : m.plans_other_many({ names: listed(waiting.names) })
    case 'look-back': {
      const day = dayInYear(waiting.day, today)
      if (waiting.day < today) return m.plans_look_late({ day })
      return waiting.trial ? m.plans_look_trial({ day }) : m.plans_look({ day })
    }
    default:
      return waiting satisfies never
  }
}
