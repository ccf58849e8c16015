/** "Mijn afspraken": what the client takes home, in big letters and in her own voice. */
import { standing, type Answer } from '#plan/answers.ts'
import { shortName } from '#plan/names.ts'
import { clientOf, responsibleProfessional, type PersonId } from '#plan/people.ts'
import { versionCode } from '#plan/version-code.ts'
import type { Basis } from '#plan/voice.ts'
import type { Words } from '#plan/words.ts'
import type { Paper, PaperDoing, PaperGoal, PaperNotNow, PaperQuote } from '#live/paper.ts'
import type { AgreedView, AnswerView, GoalView } from '#live/wire.ts'
import { hashOf } from '../ids.ts'
import { longDay, namedDay, together } from './dates.ts'
import { notFollowedOf, recordedBy, whyNot } from './not-followed.ts'
import type { PlanRecord } from './record.ts'
import { areaWord, sentences, type Locale } from './sentences.ts'

export function paperOf(record: PlanRecord, locale: Locale): Paper {
  const writer = new PaperWriter(record, locale)
  return writer.write()
}

/** The code of the whole paper: other words under it, other code. */
export const paperCode = (record: PlanRecord): string =>
  versionCode(hashOf(record.plan.goals.map((goal) => goal.agreed?.hash ?? goal.hash)))

/** Who does what and when, with somebody's name or that there is nobody yet. */
export function doingOf(
  actions: Words['actions'],
  name: (id: PersonId) => string,
  locale: Locale,
): PaperDoing[] {
  const m = sentences(locale)
  const nobody = m.export_nobody()
  return actions.map(({ who, what, when }) => ({
    who: who === null ? nobody : name(who),
    what,
    when,
  }))
}

const isSpoken = (basis: Basis | null) => basis === 'own_words' || basis === 'own_words_supported'
/** Whether somebody wrote the marks of a quotation themselves. */
const isQuoted = (text: string) => /^[‘“"'„]/.test(text)

class PaperWriter {
  readonly #record: PlanRecord
  readonly #locale: Locale
  readonly #client: PersonId | undefined

  constructor(record: PlanRecord, locale: Locale) {
    this.#record = record
    this.#locale = locale
    this.#client = clientOf(record.people)?.id
  }

  write(): Paper {
    const m = sentences(this.#locale)
    const { plan, people, at } = this.#record
    const contact = responsibleProfessional(people)
    const who = contact ? shortName(contact) : m.export_someone()
    const client = people.find(({ id }) => id === this.#client)
    const name = client?.name ?? plan.client.name
    const day = longDay(at.toISOString(), this.#locale)
    return {
      title: m.export_mine(),
      name,
      contact: contact ? { lead: m.export_contact(), name: contact.name } : null,
      goals: plan.goals.flatMap((goal) => (goal.agreed ? this.#agreed(goal, goal.agreed) : [])),
      asked: plan.goals.filter((goal) => this.#isAsked(goal)).map((goal) => this.#asked(goal)),
      notNow: this.#notNow(),
      also: plan.standingActions.map(({ what, when }) =>
        when === '' ? what : `${what} (${when})`,
      ),
      change: { title: m.export_change(), text: m.export_change_how({ who }) },
      tick: m.export_tick({ who }),
      foot: m.export_foot({ name, day, code: paperCode(this.#record) }),
    }
  }

  #name(id: PersonId): string {
    const person = this.#record.people.find((one) => one.id === id)
    return person ? shortName(person) : sentences(this.#locale).export_someone()
  }

  /** Presented to her, and nothing she showed speaks against asking. */
  #isAsked(goal: GoalView): boolean {
    const hers = goal.parties.some(({ personId }) => personId === this.#client)
    return goal.state === 'presented' && goal.standing !== 'resisted' && hers
  }

  #agreed(goal: GoalView, agreed: AgreedView): PaperGoal {
    const m = sentences(this.#locale)
    const { words, answers, trialUntil, dissents } = agreed
    const day = namedDay(agreed.at, this.#locale)
    const tried =
      trialUntil === null ? [] : [m.export_trial_until({ day: longDay(trialUntil, this.#locale) })]
    return {
      ...this.#goal(goal, words, agreed.hash),
      agreed: { on: m.export_agreed_on({ day }), who: [...this.#saidYes(answers), ...tried] },
      remarks: this.#remarks(answers),
      differs: dissents.map(({ personId, text, by }) => ({
        title: m.export_differs(),
        lead: m.export_differs_who({ who: this.#name(personId) }),
        text,
        by: m.export_written_by({ who: this.#name(by) }),
      })),
    }
  }

  #asked(goal: GoalView): PaperGoal {
    const m = sentences(this.#locale)
    const answers = goal.answers.filter(({ version }) => version === goal.version)
    return {
      ...this.#goal(goal, goal.words, goal.hash ?? ''),
      lead: m.export_asked_goal(),
      given: this.#given(answers),
      remarks: this.#remarks(answers),
    }
  }

  /** What she answered, or who answered for her, and on which day. */
  #given(answers: readonly AnswerView[]): PaperGoal['given'] {
    const m = sentences(this.#locale)
    const given = this.#client && standing(answers, this.#client)
    if (!given) return null
    const said = { answer: this.#answer(given.answer), day: namedDay(given.at, this.#locale) }
    const forMe = given.method === 'on_behalf'
    return {
      said: forMe
        ? m.export_gave_for({ ...said, who: this.#name(given.actorId) })
        : m.export_gave(said),
      then: m.export_gave_then(),
    }
  }

  #answer(word: AnswerView['answer']): string {
    const m = sentences(this.#locale)
    if (word === 'no') return m.export_tick_no()
    return word === 'talk' ? m.export_tick_talk() : m.export_tick_yes()
  }

  #goal(goal: GoalView, words: Words, hash: string): PaperGoal {
    const m = sentences(this.#locale)
    const quotes = this.#quotes(goal)
    return {
      id: goal.id,
      area: words.area,
      areaWord: areaWord(words.area, this.#locale),
      quotes,
      lead: quotes.length > 0 ? m.export_therefore() : m.export_we_go(),
      text: words.plainText,
      doing: doingOf(words.actions, (id) => this.#name(id), this.#locale),
      success: words.success === '' ? null : words.success,
      agreed: null,
      given: null,
      remarks: [],
      differs: [],
      back:
        words.reviewOn === null
          ? null
          : m.export_back({ day: longDay(words.reviewOn, this.#locale) }),
      code: m.export_code({ code: versionCode(hash) }),
    }
  }

  /** The wishes a goal came from, led in by whose they are; not twice where it is the same person. */
  #quotes(goal: GoalView): PaperQuote[] {
    const quotes: PaperQuote[] = []
    let before = ''
    for (const { id, text, saidBy, basis } of this.#record.cards) {
      if (!goal.wishes.includes(id) || text.trim() === '') continue
      const lead = this.#lead(saidBy, basis)
      const literal = isSpoken(basis) && !isQuoted(text)
      quotes.push({ lead: lead === before ? '' : lead, text, literal })
      before = lead
    }
    return quotes
  }

  /** Her wish stays as she said it; beside it stands why it is not followed now. */
  #notNow(): PaperNotNow[] {
    return this.#record.cards.flatMap(({ id, text, saidBy, basis }) => {
      const not = notFollowedOf(this.#record, id)
      if (!not || text.trim() === '') return []
      const lead = this.#lead(saidBy, basis)
      return [
        {
          quote: { lead, text, literal: isSpoken(basis) && !isQuoted(text) },
          why: whyNot(not, this.#locale),
          by: recordedBy(not, (who) => this.#name(who), this.#locale),
        },
      ]
    })
  }

  #lead(saidBy: PersonId | null, basis: Basis | null): string {
    const m = sentences(this.#locale)
    const who = saidBy === null ? m.export_someone() : this.#name(saidBy)
    const hers = saidBy === this.#client
    switch (basis) {
      case 'own_words_supported':
        return hers ? m.export_i_said_help() : m.export_said({ who })
      case 'observed':
        return m.export_saw({ who })
      case 'proxy_as_client':
        return m.export_would_say({ who })
      case 'proxy_own_view':
      case 'professional_view':
        return m.export_thinks({ who })
      case 'earlier_statement':
        return hers ? m.export_i_said_before() : m.export_said_before({ who })
      case 'presumed':
        return m.export_presumed()
      case 'own_words':
      case null:
        return hers ? m.export_i_said() : m.export_said({ who })
      default:
        return basis satisfies never
    }
  }

  /** Who said yes, and who said it for her. */
  #saidYes(answers: readonly AnswerView[]): string[] {
    const m = sentences(this.#locale)
    const parties = this.#record.people.map(({ id }) => id) // the client first, as at the table
    const given = parties.flatMap((id) => standing(answers as readonly Answer[], id) ?? [])
    const yes = given.filter(({ answer }) => answer === 'yes' || answer === 'yes-with-remark')
    const own = yes.filter(({ method }) => method !== 'on_behalf')
    const names = own.map(({ partyId }) => this.#name(partyId))
    const who = together(names, this.#locale)
    return [
      ...(names.length === 0
        ? []
        : [names.length === 1 ? m.export_one_yes({ who }) : m.export_all_yes({ who })]),
      ...yes
        .filter(({ method }) => method === 'on_behalf')
        .map(({ actorId }) => m.export_yes_for({ who: this.#name(actorId) })),
    ]
  }

  #remarks(answers: readonly AnswerView[]): PaperQuote[] {
    const m = sentences(this.#locale)
    return answers
      .filter(({ remark }) => remark !== '')
      .map(({ partyId, actorId, method, remark }) => {
        if (method === 'observed_response') {
          return { lead: m.export_saw({ who: this.#name(actorId) }), text: remark, literal: false }
        }
        const speaker = method === 'on_behalf' ? actorId : partyId
        const lead =
          speaker === this.#client
            ? m.export_said_too_me()
            : m.export_said_too({ who: this.#name(speaker) })
        return { lead, text: remark, literal: !isQuoted(remark) }
      })
  }
}
