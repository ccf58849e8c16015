/** The copy of a plan that somebody can read on a device of their own while there is no network. */
import { standing } from '#plan/answers.ts'
import { shortName } from '#plan/names.ts'
import type { PersonId } from '#plan/people.ts'
import type { Refusal } from '#plan/refusals.ts'
import type { Words } from '#plan/words.ts'
import type { OfflineGoal, OfflinePlan } from '#live/offline.ts'
import type { AnswerView, GoalView } from '#live/wire.ts'
import type { App } from './app.ts'
import type { Account } from './auth/sessions.ts'
import { longDay, moment, namedDay } from './export/dates.ts'
import { doingOf } from './export/paper.ts'
import { answerWord, areaWord, basisWord, sentences, stateWord } from './export/sentences.ts'
import type { Locale } from './export/sentences.ts'
import { boards } from './plans.ts'
import { seated } from './seated.ts'
import { planView } from './plan-views.ts'

/**
 * The part of a plan that everyone at the table reads, as it stands now: the board, what is agreed
 * and what is asked.
 *
 * Nothing of the zones of the care and of the client, and no draft: those are read at the table only.
 * It is reading, and stands in the access log as that; what is new to somebody stays new.
 */
export async function offlinePlan(
  app: App,
  account: Account,
  planId: string,
  locale: Locale,
): Promise<OfflinePlan | Refusal> {
  const seat = await seated(app, account, planId, 'what-they-may')
  if (typeof seat === 'string') return seat
  if (seat.me.role === 'interpreter') return 'no-access' // a copy would outlast the talk
  const plan = await planView(app.db.sql, seat.circle, seat.me)
  if (!plan) return 'unknown-plan'
  const at = new Date().toISOString()
  const [shared] = await boards(app, seat, null, 'shared')
  const name = (id: PersonId): string => {
    const person = seat.circle.people.find((one) => one.id === id)
    return person ? shortName(person) : sentences(locale).export_someone()
  }
  const worded = new Wording(locale, name)
  return {
    planId,
    personId: seat.me.id,
    title: plan.title,
    locale,
    at,
    when: moment(at, locale),
    agreed: plan.goals.flatMap((goal) => worded.agreed(goal)),
    asked: plan.goals
      .filter(({ state }) => state === 'presented')
      .map((goal) => worded.asked(goal)),
    board: (shared?.cards ?? [])
      .filter(({ text }) => text.trim() !== '')
      .map(({ kind, saidBy, basis, text }) => ({
        kind,
        lead: [saidBy && name(saidBy), basis && basisWord(basis, locale)]
          .filter(Boolean)
          .join(', '),
        text,
      })),
  }
}

/** A goal in sentences of one language. */
class Wording {
  readonly #locale: Locale
  readonly #name: (id: PersonId) => string

  constructor(locale: Locale, name: (id: PersonId) => string) {
    this.#locale = locale
    this.#name = name
  }

  agreed(goal: GoalView): OfflineGoal[] {
    const { agreed } = goal
    if (!agreed) return []
    const m = sentences(this.#locale)
    const day = namedDay(agreed.at, this.#locale)
    const trial = agreed.trialUntil
    return [
      {
        ...this.#goal(goal, agreed.words, agreed.answers),
        agreed: [
          m.export_agreed_on({ day }),
          ...(trial ? [m.export_trial_until({ day: longDay(trial, this.#locale) })] : []),
        ].join(' '),
        differs: agreed.dissents.map(
          ({ personId, text }) => `${m.export_differs_who({ who: this.#name(personId) })} ${text}`,
        ),
      },
    ]
  }

  asked(goal: GoalView): OfflineGoal {
    const answers = goal.answers.filter(({ version }) => version === goal.version)
    return this.#goal(goal, goal.words, answers)
  }

  #goal(goal: GoalView, words: Words, answers: readonly AnswerView[]): OfflineGoal {
    const m = sentences(this.#locale)
    const { reviewOn, success } = words
    return {
      id: goal.id,
      area: areaWord(words.area, this.#locale),
      state: stateWord(goal.state, this.#locale),
      text: words.plainText,
      doing: doingOf(words.actions, this.#name, this.#locale),
      success: success === '' ? null : success,
      agreed: null,
      said: goal.parties.flatMap(({ personId }) => {
        const given = standing(answers, personId)
        if (!given) return []
        const remark = given.remark ? `: ${given.remark}` : ''
        return [`${this.#name(personId)}: ${answerWord(given.answer, this.#locale)}${remark}`]
      }),
      differs: [],
      back: reviewOn === null ? null : m.export_back({ day: longDay(reviewOn, this.#locale) }),
    }
  }
}
