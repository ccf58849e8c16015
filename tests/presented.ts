/** A goal that is laid before people: made, written and presented by Fatima. */
import * as Y from 'yjs'
import { createGoal, presentGoal } from '#server/goals.ts'
import type { GoalView } from '#live/wire.ts'
import type { Table } from './table.ts'

/** A goal of plan-01 with these words, presented to these people beside the two who are always asked. */
export async function presentedGoal(
  place: Table,
  words: string,
  parties: readonly string[] = [],
): Promise<GoalView & { hash: string }> {
  const fatima = await place.person('fatima')
  const { acts } = place.app
  const made = await createGoal(acts, fatima.account, {
    planId: 'plan-01',
    area: 'living',
    wishes: [],
  })
  if (typeof made === 'string') throw new Error(made)
  const pen = fatima.open(made.documentId!)
  await pen.synced()
  const text = pen.doc.getMap('goal').get('plainText') as Y.Text
  text.insert(0, words)
  await pen.stored()
  pen.close()
  const goal = await presentGoal(acts, fatima.account, { goalId: made.id, parties })
  if (typeof goal === 'string') throw new Error(goal)
  return goal as GoalView & { hash: string }
}
