/** "Voor het zorgdossier": everything of the shared part that is on record, each word with its proof. */
import { shortName } from '#plan/names.ts'
import type { PersonId } from '#plan/people.ts'
import { outcomeOf, type ReviewOutcome } from '#plan/reviews.ts'
import { wasTakenOver } from '#plan/taken-over.ts'
import { versionCode } from '#plan/version-code.ts'
import type { OwnPlanItem } from '#live/own-plan.ts'
import type {
  PlanOnRecord,
  RecordAnswer,
  RecordGoal,
  RecordPhoto,
  RecordVersion,
} from '#live/paper.ts'
import type { GoalView } from '#live/wire.ts'
import type { AnswerRow } from '../db/agreement.ts'
import type { VersionRow } from '../db/goals.ts'
import { longDay, moment, together } from './dates.ts'
import { notFollowedOf, recordedBy, whyNot } from './not-followed.ts'
import { doingOf, paperCode } from './paper.ts'
import type { PlanRecord } from './record.ts'
import {
  answerWord,
  areaWord,
  basisWord,
  methodWord,
  reactionWord,
  roleWord,
  sentences,
  stateWord,
  type Locale,
} from './sentences.ts'

export const onRecord = (record: PlanRecord, locale: Locale): PlanOnRecord =>
  new RecordWriter(record, locale).write()

class RecordWriter {
  readonly #record: PlanRecord
  readonly #locale: Locale

  constructor(record: PlanRecord, locale: Locale) {
    this.#record = record
    this.#locale = locale
  }

  write(): PlanOnRecord {
    const m = sentences(this.#locale)
    const { plan, people, cards, ownPlan, chain, at } = this.#record
    const when = moment(at.toISOString(), this.#locale)
    const { name, setting, about } = plan.client
    const board = cards.filter((card) => card.text.trim() !== '')
    return {
      title: m.export_record_title(),
      name,
      about: [setting, about, m.export_record_made({ when })].filter((line) => line !== ''),
      people: people.map((person) => {
        const role = roleWord(person.role, this.#locale)
        const note = person.authorityNote.includes(' ') ? person.authorityNote : '' // else a code
        const known = [role, person.relation, note]
        const words = [...new Set(known.filter((word) => word !== null && word !== ''))]
        if (person.access === 'ended') words.push(m.export_record_left())
        return { name: person.name, role: words.join(', ') }
      }),
      board: board.map(({ id, saidBy, basis, text }) => ({
        lead: [saidBy && this.#name(saidBy), basis && basisWord(basis, this.#locale)]
          .filter(Boolean)
          .join(', '),
        text,
        why: this.#whyNot(id),
        photo: this.#photo(id),
      })),
      ownPlan: ownPlan.map(({ personId, at: handedIn, text, outcomes }) => ({
        lead: `${this.#name(personId)}, ${longDay(handedIn, this.#locale)}`,
        text,
        why: this.#became(outcomes.at(-1)),
      })),
      goals: plan.goals.map((goal) => this.#goal(goal)),
      also: doingOf(plan.standingActions, (id) => this.#name(id), this.#locale),
      proof: {
        text: m.export_record_chain({ count: String(chain.events) }),
        head: chain.head,
      },
      foot: m.export_foot({
        name,
        day: longDay(at.toISOString(), this.#locale),
        code: paperCode(this.#record),
      }),
    }
  }

  #name(id: PersonId): string {
    const person = this.#record.people.find((one) => one.id === id)
    return person ? shortName(person) : sentences(this.#locale).export_someone()
  }

  #names = (ids: readonly PersonId[]): string =>
    together(
      ids.map((id) => this.#name(id)),
      this.#locale,
    )

  #photo(id: string): RecordPhoto | null {
    const found = this.#record.photos.get(id)
    if (!found) return null
    const { documentId, cardId, alt, width, height } = found
    return { documentId, cardId, alt, width, height }
  }

  #whyNot(cardId: string): string[] {
    const not = notFollowedOf(this.#record, cardId)
    if (!not) return []
    return [
      sentences(this.#locale).plans_not_followed(),
      ...whyNot(not, this.#locale),
      recordedBy(not, (id) => this.#name(id), this.#locale),
    ]
  }

  /** What was done with an item of a persoonlijk plan, where it is now or why not, and who said so. */
  #became(last: OwnPlanItem['outcomes'][number] | undefined): string[] {
    const m = sentences(this.#locale)
    if (!last) return [`${m.export_item_open()}.`]
    const words = { card: m.export_item_card, already: m.export_item_already }
    const what = last.outcome === 'not-followed' ? m.export_item_not() : words[last.outcome]()
    const by = `${this.#name(last.decidedBy)}, ${longDay(last.at, this.#locale)}`
    return [
      `${what}.`,
      ...[last.where && `“${last.where}”`, last.reason, by].filter((one) => !!one).map(String),
    ]
  }

  #goal(goal: GoalView): RecordGoal {
    const m = sentences(this.#locale)
    const versions = this.#record.versions.filter(({ goalId }) => goalId === goal.id)
    const writing = goal.documentId !== null && goal.words.plainText !== ''
    return {
      id: goal.id,
      title: (goal.agreed ?? goal).words.plainText || m.export_record_unwritten(),
      about: `${areaWord(goal.area, this.#locale)}. ${stateWord(goal.state, this.#locale)}.`,
      versions: [
        ...versions.map((version) => this.#version(goal, version)),
        ...(writing
          ? [
              {
                ...this.#words(goal.words),
                title: m.export_record_writing(),
                about: [],
                answers: null,
                differs: [],
                marks: [],
                hash: null,
                code: null,
              },
            ]
          : []),
      ],
      reviews: this.#record.reviews
        .filter(({ goalId }) => goalId === goal.id)
        .map(({ onDay, outcome, text, said }) => ({
          title: `${longDay(onDay, this.#locale)}. ${this.#outcome(outcome)}.`,
          text: [text, said && `“${said}”`].filter(Boolean).join(' '),
        })),
    }
  }

  #words(words: VersionRow['words']) {
    const m = sentences(this.#locale)
    return {
      text: words.plainText,
      care: words.professionalText,
      doing: doingOf(words.actions, (id) => this.#name(id), this.#locale),
      success: words.success,
      back:
        words.reviewOn === null
          ? null
          : m.export_back({ day: longDay(words.reviewOn, this.#locale) }),
    }
  }

  #version(goal: GoalView, row: VersionRow): RecordVersion {
    const m = sentences(this.#locale)
    const of = <T extends { goalId: string; version: number }>(rows: readonly T[]) =>
      rows.filter(({ goalId, version }) => goalId === goal.id && version === row.version)
    const asked = row.parties.filter(({ required }) => required).map(({ personId }) => personId)
    const heard = row.parties.filter(({ required }) => !required).map(({ personId }) => personId)
    const answers = of(this.#record.answers)
    const taken = wasTakenOver(answers)
    const when = moment(row.presentedAt.toISOString(), this.#locale)
    const { agreed } = goal
    const on = taken ? longDay : moment
    const day = agreed?.version === row.version && on(agreed.at, this.#locale)
    return {
      ...this.#words(row.words),
      title: m.export_record_version({ version: String(row.version) }),
      about: [
        ...(day ? [m.export_record_in_force(), m.export_agreed_on({ day })] : []),
        taken
          ? m.export_record_taken_in({ day: longDay(row.presentedAt.toISOString(), this.#locale) })
          : m.export_record_presented({ when, who: this.#name(row.presentedBy) }),
        ...(row.trialUntil === null
          ? []
          : [m.export_trial_until({ day: longDay(row.trialUntil, this.#locale) })]),
        ...(asked.length > 0 ? [m.export_record_asked({ who: this.#names(asked) })] : []),
        ...(heard.length > 0 ? [m.export_record_heard({ who: this.#names(heard) })] : []),
      ],
      answers: answers.map((answer) => this.#answer(answer)),
      differs: of(this.#record.dissents).map(({ personId, recordedBy, text }) => ({
        title: m.export_differs(),
        lead: m.export_differs_who({ who: this.#name(personId) }),
        text,
        by: m.export_written_by({ who: this.#name(recordedBy) }),
      })),
      marks: this.#marks(goal, row.version),
      hash: row.hash,
      code: versionCode(row.hash),
    }
  }

  #answer(row: AnswerRow): RecordAnswer {
    const m = sentences(this.#locale)
    const other = row.actorId === row.partyId ? null : this.#name(row.actorId)
    const behalf = row.method === 'on_behalf'
    const { reaction, witnesses } = row
    return {
      who: this.#name(row.partyId),
      said: answerWord(row.answer, this.#locale),
      how: [
        methodWord(row.method, this.#locale),
        row.imported
          ? m.export_record_answer_taken_in({ day: longDay(row.at.toISOString(), this.#locale) })
          : moment(row.at.toISOString(), this.#locale),
        ...(other === null
          ? []
          : [(behalf ? m.export_record_behalf : m.export_record_typed_by)({ who: other })]),
        ...(witnesses.length > 0 ? [m.export_record_witness({ who: this.#names(witnesses) })] : []),
        ...(reaction === null
          ? []
          : [m.export_record_reaction({ reaction: reactionWord(reaction, this.#locale) })]),
      ],
      remark: row.remark,
    }
  }

  #outcome(outcome: string): string {
    const m = sentences(this.#locale)
    const words: Record<ReviewOutcome, () => string> = {
      achieved: m.export_outcome_achieved,
      almost: m.export_outcome_almost,
      not: m.export_outcome_not,
      different: m.export_outcome_different,
    }
    return words[outcomeOf(outcome)]()
  }

  /** What is on record beside the answers, in sentences; topics of care are not among them. */
  #marks(goal: GoalView, version: number): string[] {
    const m = sentences(this.#locale)
    return goal.marks
      .filter((mark) => mark.version === version)
      .flatMap(({ kind, personId, byId, body }) => {
        const id = personId ?? byId
        const who = id === null ? m.export_someone() : this.#name(id)
        const { text = '', instead = '' } = body
        switch (kind) {
          case 'statement':
            return [`${m.export_mark_statement({ who })} ${text}`]
          case 'yes-taken-back':
            return [`${m.export_mark_back({ who })} ${text}`]
          case 'not-agreed':
            return [
              `${m.export_mark_not_agreed()} ${text}`,
              ...(instead === '' ? [] : [`${m.export_mark_instead()} ${instead}`]),
            ]
          case 'refused':
            return [`${m.export_mark_refused()} ${text}`]
          case 'party-added':
            return [m.export_mark_added({ who })]
          case 'party-removed':
            return [m.export_mark_removed({ who })]
          case 'expired':
            return [m.export_mark_expired()]
          case 'parties-checked':
          case 'topic-chosen':
            return []
          default:
            return kind satisfies never
        }
      })
  }
}
