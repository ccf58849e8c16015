import type { Area } from './areas.ts'
import type { PersonId } from './people.ts'

/** What someone does under a goal (afspraak): what, who (a person's id, or nobody yet) and when. */
export type Action = { what: string; who: PersonId | null; when: string }

/** The words people agree to (design.md §5). Order on the board, remarks and authorship are not in it. */
export type Words = {
  area: Area
  plainText: string
  professionalText: string
  success: string
  /** `YYYY-MM-DD`, or null while no day was chosen. */
  reviewOn: string | null
  actions: Action[]
}

/** One spelling for texts that read the same: NFC, trimmed, inner white space folded to one space. */
export const fold = (text: string): string => text.normalize('NFC').trim().replace(/\s+/gu, ' ')

/** The words as they are hashed and kept. Actions without a text are left out. */
export function normalise(words: Words): Words {
  return {
    area: words.area,
    plainText: fold(words.plainText),
    professionalText: fold(words.professionalText),
    success: fold(words.success),
    reviewOn: words.reviewOn,
    actions: words.actions
      .map(({ what, who, when }) => ({ what: fold(what), who, when: fold(when) }))
      .filter((action) => action.what !== ''),
  }
}

/** What a goal still lacks before it can be laid before people, in the order of the page. */
export type Lack = 'what' | 'who' | 'when' | 'success'
export function lacks(words: Words): Lack[] {
  const found: Lack[] = []
  if (fold(words.plainText) === '') found.push('what')
  if (!words.actions.some((a) => fold(a.what) !== '' && a.who !== null)) found.push('who')
  if (words.reviewOn === null) found.push('when')
  if (fold(words.success) === '') found.push('success')
  return found
}
