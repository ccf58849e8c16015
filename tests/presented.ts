/** A goal that is laid before people: made, written and presented by who leads. */
import * as Y from 'yjs'
import { createGoal, presentGoal } from '#server/goals.ts'
import type { GoalView } from '#live/wire.ts'
import type { Table } from './table.ts'

/** Where a goal is made: at which plan, by whom, and under which judgement it falls. */
type Where = { planId: string; by: string; topic?: string }

/** A goal with these words, presented to these people beside the two who are always asked. */
export async function presentedGoal(
  place: Table,
  words: string,
  parties: readonly string[] = [],
  { planId, by, ...under }: Where = { planId: 'plan-01', by: 'fatima' },
): Promise<GoalView & { hash: string }> {
  const writer = await place.person(by, planId)
  const { acts } = place.app
  const made = await createGoal(acts, writer.account, {
    planId,
    area: 'living',
    wishes: [],
  })
  if (typeof made === 'string') throw new Error(made)
  const pen = writer.open(made.documentId!)
  await pen.synced()
  const text = pen.doc.getMap('goal').get('plainText') as Y.Text
  text.insert(0, words)
  await pen.stored()
  pen.close()
  const goal = await presentGoal(acts, writer.account, { goalId: made.id, parties, ...under })
  if (typeof goal === 'string') throw new Error(goal)
  return goal as GoalView & { hash: string }
}
