/** Why a wish is not followed, in the sentences of a file that leaves the house (L5). */
import type { PersonId } from '#plan/people.ts'
import { longDay } from './dates.ts'
import type { PlanRecord } from './record.ts'
import { groundWord, sentences, type Locale } from './sentences.ts'

export type NotFollowed = PlanRecord['decided']['notFollowed'][number]

/** What is on record about a card; undefined where the wish is followed, or is none. */
export const notFollowedOf = (record: PlanRecord, cardId: string): NotFollowed | undefined =>
  record.decided.notFollowed.find((one) => one.cardId === cardId)

/** The ground, the reason, and with whom it was weighed. */
export function whyNot({ ground, reason, consulted }: NotFollowed, locale: Locale): string[] {
  const m = sentences(locale)
  return [
    groundWord(ground, locale),
    reason,
    ...(consulted === '' ? [] : [`${m.plans_consulted_with({ who: consulted })}.`]),
  ]
}

/** Who put it on record, and on which day. */
export function recordedBy(
  { recordedBy: id, at }: NotFollowed,
  name: (id: PersonId) => string,
  locale: Locale,
): string {
  const m = sentences(locale)
  return m.export_written_by_on({ who: name(id), day: longDay(at, locale) })
}
