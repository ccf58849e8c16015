/** What people should hear of, wherever they are. A notice holds no word of what anyone wrote. */
import type { Round } from './agreement.ts'
import { standing } from './answers.ts'
import type { PersonId } from './people.ts'

export const NOTICES = [
  'asked',
  'reminder',
  'no-said',
  'written-down',
  'words-changed',
  'yes-taken-back',
  'agreed',
  'not-agreed',
  'expired',
  'no-answer',
  'trial-over',
  'plan-set',
  'own-plan',
] as const
export type NoticeKind = (typeof NOTICES)[number]

/** Something for one person: what happened, to which goal, and whom it is about. */
export type Notice = {
  personId: PersonId
  kind: NoticeKind
  goalId: string | null
  about: PersonId | null
}

const saysYes = (word: string | undefined) => word === 'yes' || word === 'yes-with-remark'

/** Who said yes to these words: they hear about a no, and when their yes falls away. */
export const yesSayers = (round: Pick<Round, 'parties' | 'answers'>): PersonId[] =>
  round.parties
    .map(({ personId }) => personId)
    .filter((id) => saysYes(standing(round.answers, id)?.answer))

/** Everyone who gave an answer that was a vote. */
export const voters = (round: Pick<Round, 'parties' | 'answers'>): PersonId[] =>
  round.parties
    .map(({ personId }) => personId)
    .filter((id) => standing(round.answers, id) !== undefined)

/** The same notice for several people; never for who did it. */
export const toAll = (
  people: readonly PersonId[],
  kind: NoticeKind,
  goalId: string | null,
  about: PersonId | null,
  except: PersonId | null = null,
): Notice[] =>
  [...new Set(people)]
    .filter((personId) => personId !== except)
    .map((personId) => ({ personId, kind, goalId, about }))
