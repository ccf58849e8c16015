/** Goals for stories on the server: written by a person over a real socket, and laid before people. */
import type * as Y from 'yjs'
import type { AnswerWord } from '#plan/answers.ts'
import { isRefusal, type Refusal } from '#plan/refusals.ts'
import { goalOf } from '#live/documents.ts'
import type { GoalView } from '#live/wire.ts'
import { answerGoal, type Answering } from '#server/agreement.ts'
import { createGoal, presentGoal, type Presenting } from '#server/goals.ts'
import type { Guest, Table } from './table.ts'

/** The goal, or the refusal as a failed test. */
export function goal(value: GoalView | Refusal): GoalView {
  if (isRefusal(value)) throw new Error(value)
  return value
}

/** A goal with words on it, still being written. */
export async function written(
  t: Table,
  who: Guest,
  planId = 'plan-01',
  text = 'Elke dag even naar buiten.',
): Promise<GoalView> {
  const asked = { planId, area: 'mental', wishes: [] } as const
  const made = goal(await createGoal(t.app.acts, who.account, asked))
  await write(who, made.documentId!, text)
  return made
}

/** Adds to the words of an open round, and waits until they are stored. */
export async function write(who: Guest, documentId: string, text: string): Promise<void> {
  const pen = await who.open(documentId).synced()
  ;(goalOf(pen.doc).goal.get('plainText') as Y.Text).insert(0, text)
  await pen.stored()
  pen.close()
}

/** A goal with words on it, laid before people. */
export async function presented(
  t: Table,
  who: Guest,
  asked: Omit<Presenting, 'goalId'> = { parties: [] },
  planId = 'plan-01',
): Promise<GoalView> {
  const made = await written(t, who, planId)
  return goal(await presentGoal(t.app.acts, who.account, { goalId: made.id, ...asked }))
}

let taps = 0
/** Somebody answers to the words as they were laid before people. */
export const say = (
  t: Table,
  who: Guest,
  to: GoalView,
  answer: AnswerWord,
  more: Partial<Answering> = {},
): Promise<GoalView | Refusal> =>
  answerGoal(t.app.acts, who.account, {
    goalId: to.id,
    hash: to.hash!,
    answer,
    method: 'own_device',
    key: `tap-${taps++}`,
    ...more,
  })
