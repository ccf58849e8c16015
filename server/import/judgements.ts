/** From the capacity assessments of an imported record to judgements, topic by topic. */
import type { Person } from '#plan/people.ts'
import * as events from '../db/events.ts'
import * as judgements from '../db/judgements.ts'
import type { Tx } from '../db/open.ts'
import { newId } from '../ids.ts'
import { judgedBody } from '../deciding.ts'
import type { ImportedPlan } from './schema.ts'

/** Whether the words of the record say that she can decide this: "in staat (wijst aan)". */
const isAble = (result: string): boolean => !/^\s*(niet|on)/i.test(result)

/** Adds every judgement. Answers with which topic became which. */
export async function addJudgements(
  tx: Tx,
  planId: string,
  plan: ImportedPlan,
  people: readonly Person[],
): Promise<Map<string, string>> {
  const topics = new Map<string, string>()
  for (const { topic, result, assessedBy, date } of plan.capacityAssessments) {
    const row = {
      id: newId(),
      topic,
      able: isAble(result),
      judgedBy: assessedBy,
      judgeId: people.find(({ name }) => name === assessedBy)?.id ?? null,
      reason: result,
      on: date,
      reviewOn: null,
      recordedBy: null,
    }
    await judgements.add(tx, planId, row)
    const body = judgedBody(row)
    await events.add(tx, { planId, kind: 'capacity-judged', actorId: null, goalId: null, body })
    topics.set(topic, row.id)
  }
  return topics
}
