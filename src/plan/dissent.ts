/**
 * When somebody sees it differently.
 *
 * The client may have a plan that not everybody agrees with (Wlz 8.1.3 lid 4); the other view then
 * stands beside the words, as an equal text.
 */
import { abilityOf, mustHaveSaidYes, type Round } from './agreement.ts'
import { isResisted, standing } from './answers.ts'
import { mustParties } from './parties.ts'
import { clientOf, isFamily, type Person, type PersonId } from './people.ts'
import type { Refusal } from './refusals.ts'

/** How a difference of view came to stand beside agreed words (domain.md §2.2). */
export const GROUNDS = ['client-persists', 'differs', 'no-answer'] as const
export type Ground = (typeof GROUNDS)[number]

/** Days after which a party who was asked, and did not answer, no longer holds others up. */
export const AGREED_DAYS = 14

/**
 * Whether somebody's other view can be recorded beside the words, and on what ground.
 *
 * Only once the client (or who decides for her) and the responsible professional have said yes; by
 * the law her view is followed where she persists in it (Wlz 8.1.2 lid 4).
 */
export function readDissent(
  round: Round,
  personId: PersonId,
  people: readonly Person[],
  now: string,
): Ground | Refusal {
  const ability = abilityOf(round, people)
  if (isResisted(round.answers, clientOf(people)?.id, ability)) return 'resistance'
  if (!mustHaveSaidYes(round, people) || mustParties(people).includes(personId))
    return 'nothing-to-decide'
  const person = people.find(({ id }) => id === personId)
  const party = round.parties.find((p) => p.personId === personId)
  if (!person || !party) return 'nothing-to-decide'
  const word = standing(round.answers, personId)?.answer
  if (word === 'no' || word === 'talk')
    return ability !== 'unable' && isFamily(person) ? 'client-persists' : 'differs'
  if (word !== undefined || !party.required || round.presentedAt === undefined)
    return 'nothing-to-decide'
  const days = (Date.parse(now) - Date.parse(round.presentedAt)) / 86_400_000
  return days >= AGREED_DAYS ? 'no-answer' : 'nothing-to-decide'
}
