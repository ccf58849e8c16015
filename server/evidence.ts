/** "Bewijs": all that was said to one goal, with its hashes, and whether the whole chain holds now. */
import type { Refusal } from '#plan/refusals.ts'
import { isRefusal } from '#plan/refusals.ts'
import type { GoalProof } from '#live/on-record.ts'
import type { App } from './app.ts'
import type { Account } from './auth/sessions.ts'
import { firstBreak } from './chain.ts'
import { CARE_KINDS } from './db/events.ts'
import * as agreement from './db/agreement.ts'
import * as goals from './db/goals.ts'
import { seated } from './seated.ts'
import { proofOf } from './proof.ts'
import { allows } from './seats.ts'
import { dissentView, goalView } from './views.ts'

/** The proof of one goal, for who sits at its plan. Every hash is recomputed at this moment. */
export async function goalProof(
  app: App,
  account: Account,
  goalId: string,
): Promise<GoalProof | Refusal> {
  const goal = await goals.find(app.db.sql, goalId)
  if (!goal) return 'no-access'
  const { planId } = goal
  const seat = await seated(app, account, planId, { goalId })
  if (isRefusal(seat)) return seat
  const { circle, me } = seat
  app.accessLog.did(circle, me, 'read-proof', { goalId })
  const { sql } = app.db
  const proof = await proofOf(sql, planId)
  const view = (await goalView(sql, circle, goalId))!
  const rows = await agreement.answers(sql, planId, goalId)
  const seesCare = allows(circle, me, 'read', { zone: 'care' })
  return {
    planId,
    goalId,
    fault: firstBreak(proof),
    events: proof.events.length,
    checkedAt: new Date().toISOString(),
    versions: (await goals.versions(sql, planId, goalId)).map((row) => ({
      version: row.version,
      hash: row.hash,
      words: row.words,
      at: row.presentedAt.toISOString(),
      by: row.presentedBy,
      parties: row.parties,
      trialUntil: row.trialUntil,
    })),
    answers: view.answers.map((answer, at) => ({
      ...answer,
      assurance: rows[at]?.assurance ?? 'low',
      sentence: rows[at]?.sentence ?? '',
    })),
    dissents: (await agreement.dissents(sql, planId, goalId)).map((row) => ({
      ...dissentView(row),
      version: row.version,
    })),
    marks: view.marks,
    chain: proof.events
      .filter((event) => event.goalId === goalId && (seesCare || !CARE_KINDS.includes(event.kind)))
      .map(({ seq, at, kind, actorId, previous, hash }) => ({
        seq,
        at,
        kind,
        actorId,
        previous,
        hash,
      })),
  }
}
