/** Everything that proves what was decided at a plan, as rows: for an export, a check, a page. */
import type { Proof } from './chain.ts'
import * as agreement from './db/agreement.ts'
import * as events from './db/events.ts'
import * as goals from './db/goals.ts'
import * as judgements from './db/judgements.ts'
import * as marks from './db/marks.ts'
import type { Db } from './db/open.ts'
import * as ownPlan from './db/own-plan.ts'
import * as photos from './db/photos.ts'
import * as planVersions from './db/plan-versions.ts'
import { hashOf } from './ids.ts'

const timed = <T extends { at: Date }>({ at, ...row }: T) => ({ ...row, at: at.toISOString() })

/** The proof of a plan. What was judged about her and what was handed in
 * as a persoonlijk plan, is in it only as hashes. */
export async function proofOf(db: Db, planId: string): Promise<Proof> {
  const answers = await agreement.answers(db, planId)
  const beside = await marks.ofPlan(db, planId)
  return {
    planId,
    events: (await events.ofPlan(db, planId)).map(timed),
    versions: await goals.versions(db, planId),
    answers: answers.map(timed),
    dissents: await agreement.dissents(db, planId),
    marks: beside.map(timed),
    reviews: (await goals.reviews(db, planId)).map(timed),
    judgements: (await judgements.ofPlan(db, planId)).map(timed),
    ownPlan: (await ownPlan.items(db, planId)).map(({ id, text }) => ({ id, hash: hashOf(text) })),
    ownPlanOutcomes: (await ownPlan.outcomes(db, planId)).map(({ at, reason, ...row }) => ({
      ...row,
      reason: hashOf(reason),
      at: at.toISOString(),
    })),
    plans: await planVersions.ofPlan(db, planId),
    photos: await photos.proofs(db, planId),
  }
}
