/** What a screen asks of the rules of agreement about the words now presented. */
import { isResisted, standing, type AnswerWord } from '#plan/answers.ts'
import { AGREED_DAYS } from '#plan/dissent.ts'
import { mustParties, type Party } from '#plan/parties.ts'
import { actingRepresentative, isProfessional, type Person, type PersonId } from '#plan/people.ts'
import type { AnswerView, GoalView } from '#live/wire.ts'

export const saysYes = (word: AnswerWord | undefined): boolean =>
  word === 'yes' || word === 'yes-with-remark'

/** Answers to the words that are now before people. */
export const answersNow = (goal: GoalView): AnswerView[] =>
  goal.answers.filter((answer) => answer.version === goal.version)

/** What people last said to versions other than the one before them now, newest first. */
export const answersBefore = (goal: GoalView): AnswerView[] =>
  goal.answers
    .filter(({ version, answer }) => version !== goal.version && answer !== 'seen')
    .reverse()
    .filter(
      (a, at, all) =>
        at === all.findIndex((b) => b.partyId === a.partyId && b.version === a.version),
    )

const isObserved = ({ method }: AnswerView): boolean => method === 'observed_response'

/** The answer of a party that counts, or that they have seen it where there is none. */
export function answerOf(answers: readonly AnswerView[], party: PersonId): AnswerView | undefined {
  const counts = standing(answers, party)
  return counts ?? answers.findLast((a) => a.partyId === party && !isObserved(a))
}

/** What somebody else last saw of a party: voice, never consent. */
export const observedOf = (
  answers: readonly AnswerView[],
  party: PersonId,
): AnswerView | undefined => answers.findLast((a) => a.partyId === party && isObserved(a))

/** Whether the client shows resistance; a yes may then not be asked. */
export const isHeldBack = (goal: GoalView, people: readonly Person[]): boolean =>
  goal.standing === 'resisted' ||
  isResisted(answersNow(goal), people.find(({ role }) => role === 'client')?.id)

export const isParty = (parties: readonly Party[], id: PersonId): boolean =>
  parties.some(({ personId, informed }) => personId === id && informed !== true)

/** Whether the two whose yes nobody can stand in for have said yes. */
const mustSaidYes = (goal: GoalView, people: readonly Person[]): boolean =>
  goal.state === 'presented' &&
  mustParties(people).every((id) => saysYes(standing(answersNow(goal), id)?.answer))

const isRecorded = (goal: GoalView, id: PersonId): boolean =>
  goal.dissents.some(({ personId }) => personId === id)

/** Who sees it differently, once the two whose yes nobody can stand in for have said yes. */
export function dissenters(goal: GoalView, people: readonly Person[]): AnswerView[] {
  if (!mustSaidYes(goal, people)) return []
  return goal.parties.flatMap(({ personId }) => {
    const answer = standing(answersNow(goal), personId)
    const differs = answer?.answer === 'no' || answer?.answer === 'talk'
    return answer && differs && !isRecorded(goal, personId) ? [answer] : []
  })
}

/** Who was asked, and gave no answer within the agreed days. */
export function silentTooLong(goal: GoalView, people: readonly Person[]): PersonId[] {
  const at = goal.versions.find(({ version }) => version === goal.version)?.at
  if (at === undefined || !mustSaidYes(goal, people)) return []
  if (Date.now() - Date.parse(at) < AGREED_DAYS * 86_400_000) return []
  return goal.parties
    .filter(({ personId, required }) => required && !standing(answersNow(goal), personId))
    .map(({ personId }) => personId)
    .filter((id) => !isRecorded(goal, id))
}

/** Whether this person stands in for the client where she cannot decide. */
export const standsIn = (id: PersonId, people: readonly Person[]): boolean =>
  actingRepresentative(people)?.id === id

/** A professional gives the reason of a no; others need not. */
export const mustExplain = (id: PersonId, people: readonly Person[]): boolean => {
  const person = people.find((one) => one.id === id)
  return person !== undefined && isProfessional(person)
}
