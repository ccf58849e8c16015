/** From a record's wishes that are not followed to rows of their own, through the rule of live use. */
import { groundFrom, lacksOf } from '#plan/not-followed.ts'
import { clientOf, responsibleProfessional } from '#plan/people.ts'
import { fold } from '#plan/words.ts'
import { record } from '../decided.ts'
import type { Tx } from '../db/open.ts'
import type { Circle } from '../seats.ts'
import type { Fault, ImportedPlan } from './schema.ts'

/** Puts each on record in the name of who answers for the plan; answers with what it lacks. */
export async function addNotFollowed(
  tx: Tx,
  plan: ImportedPlan,
  circle: Circle,
  wishes: ReadonlyMap<string, string>,
): Promise<Fault[]> {
  const faults: Fault[] = []
  const by = responsibleProfessional(circle.people) ?? clientOf(circle.people)
  for (const [at, one] of plan.wishesNotFollowed.entries()) {
    const { wishId, reason, consulted, legalGround } = one
    const ground = groundFrom(legalGround) ?? undefined
    const lacks = lacksOf({ ground, reason, consulted })
    const path = `wishesNotFollowed[${at}].${lacks === 'consulted-missing' ? 'consulted' : 'legalGround'}`
    const cardId = wishes.get(wishId)
    if (lacks || !cardId || !by) {
      faults.push({ path, fault: lacks ?? 'unknown-card' })
      continue
    }
    const wish = fold(plan.wishes.find(({ id }) => id === wishId)?.text ?? '')
    const asked = {
      planId: circle.planId,
      cardId,
      followed: false,
      ground,
      reason,
      consulted,
    } as const
    await record(tx, { ...asked, wish, by: by.id })
  }
  return faults
}
