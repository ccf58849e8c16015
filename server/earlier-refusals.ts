/** The act of putting on record what the client wrote earlier that she does not want, or takes back. */
import type { Area } from '#plan/areas.ts'
import { dayOf } from '#plan/deadlines.ts'
import { standingRefusals, type RefusalEntry } from '#plan/earlier-refusals.ts'
import { isRefusal, type Refusal } from '#plan/refusals.ts'
import { fold } from '#plan/words.ts'
import { decide, refuse, seatFor, type ActDeps } from './acts.ts'
import type { Account } from './auth/sessions.ts'
import * as earlier from './db/earlier-refusals.ts'
import * as events from './db/events.ts'
import { hashOf, newId } from './ids.ts'

export type Refusing = { planId: string } & (
  { text: string; area: Area | null; on: string } | { takesBack: string }
)

/**
 * Keeps an earlier written refusal, or that she takes one back.
 *
 * The care team puts it on record; who reads the zone of the care reads it. The event names its hash
 * and not its words. Refuses with `no-access`, `nothing-said`, `nothing-to-decide`.
 */
export async function recordRefusal(
  deps: ActDeps,
  account: Account,
  asked: Refusing,
): Promise<{ id: string } | Refusal> {
  const { planId } = asked
  const seat = await seatFor(deps, account, planId, 'judge', { zone: 'care' })
  if (isRefusal(seat)) return seat
  const back = 'takesBack' in asked ? asked.takesBack : null
  const said =
    'takesBack' in asked
      ? { text: '', area: null, on: dayOf(new Date()) }
      : { text: fold(asked.text), area: asked.area, on: asked.on }
  if (back === null && said.text === '') return 'nothing-said'
  const made = await decide(deps, async (tx) => {
    const stand = standingRefusals(await earlier.ofPlan(tx, planId))
    if (back !== null && !stand.some(({ id }) => id === back)) refuse('nothing-to-decide')
    const row: RefusalEntry = { id: newId(), ...said, takesBack: back, recordedBy: seat.me.id }
    await earlier.add(tx, planId, row)
    const { text, ...rest } = row
    const body = { ...rest, text: hashOf(text) }
    await events.add(tx, {
      planId,
      kind: 'earlier-refusal',
      actorId: seat.me.id,
      goalId: null,
      body,
    })
    return { id: row.id }
  })
  if (!isRefusal(made)) deps.tellPlan(planId)
  return made
}
