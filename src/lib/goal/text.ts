/** The words of a goal as running text: to compare, to copy, to read. */
import type { PersonId } from '#plan/people.ts'
import { normalise, type Words } from '#plan/words.ts'
import type { Stretch } from '#live/attribution.ts'
import type { DraftView } from '#live/views.ts'
import type { GoalView } from '#live/wire.ts'
import { longDay } from '#lib/look/dates.ts'
import { m } from '#lib/paraglide/messages.js'

const plain = (text: string): Stretch[] =>
  text === '' ? [] : [{ text, writer: null, saidBy: null, basis: null }]

/** A draft of which only the words are known, not yet who wrote them. */
export const plainDraft = ({ documentId, words }: GoalView): DraftView => ({
  documentId: documentId ?? '',
  imported: [],
  area: words.area,
  reviewOn: words.reviewOn,
  plainText: plain(words.plainText),
  professionalText: plain(words.professionalText),
  success: plain(words.success),
  actions: words.actions.map(({ what, who, when }, index) => ({
    id: String(index),
    who,
    what: plain(what),
    when: plain(when),
  })),
})

export const sameWords = (a: Words, b: Words): boolean =>
  JSON.stringify(normalise(a)) === JSON.stringify(normalise(b))

/** One part of a goal under the heading it has on every screen. */
export type Part = { heading: string; text: string }

/** Every part of a goal in reading order; parts without words have an empty text. */
export function partsOf(words: Words, nameOf: (id: PersonId) => string): Part[] {
  const actions = words.actions.map(({ what, who, when }) =>
    [what, who === null ? m.goal_nobody_yet() : nameOf(who), when].filter(Boolean).join(' · '),
  )
  return [
    { heading: m.goal_what_for(), text: words.plainText },
    { heading: m.goal_success(), text: words.success },
    { heading: m.goal_who_does_what(), text: actions.join('\n') },
    { heading: m.goal_look_back(), text: words.reviewOn === null ? '' : longDay(words.reviewOn) },
    { heading: m.goal_care_words(), text: words.professionalText },
  ]
}

/** The parts in which two wordings differ, with both texts. */
export const changesBetween = (
  before: Words,
  after: Words,
  nameOf: (id: PersonId) => string,
): (Part & { before: string })[] => {
  const old = partsOf(before, nameOf)
  return partsOf(after, nameOf).flatMap((part, index) => {
    const was = old[index]?.text ?? ''
    return was === part.text ? [] : [{ ...part, before: was }]
  })
}

/** All of it, to take along. */
export const wholeText = (words: Words, nameOf: (id: PersonId) => string): string =>
  partsOf(words, nameOf)
    .filter(({ text }) => text !== '')
    .map(({ heading, text }) => `${heading}\n${text}`)
    .join('\n\n')
