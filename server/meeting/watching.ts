/** Devices that show or keep something of a plan and do not sit at its table now. */
import type { Refusal } from '#plan/refusals.ts'
import type { Account } from '../auth/sessions.ts'
import type { PersonRow } from '../db/plans.ts'
import { seatOf, sits, type Circle } from '../seats.ts'
import { homeRoom, homesOf } from './rooms.ts'

/** A connection as it watches: whose it is, and the plans it asked about. */
type Watcher = {
  data: { account: Account; watches?: string[] }
  rooms: ReadonlySet<string>
  join(rooms: string[]): unknown
  leave(room: string): unknown
  emit(event: 'ended', planId: string, talkOver: boolean): void
}
/** More plans than anybody keeps on one device. */
const MOST = 50

function seatAt({ data }: Watcher, circle: Circle): PersonRow | undefined {
  const me = data.account.handover === null ? seatOf(circle, data.account.id) : undefined
  return me && sits(circle, me) ? me : undefined
}

/** From here this connection hears that the plan changed, and when its access ends; nothing else of it. */
export async function watch(
  watcher: Watcher,
  circle: Circle,
): Promise<{ planId: string } | Refusal> {
  const me = seatAt(watcher, circle)
  if (!me) return 'no-access'
  const { planId } = circle
  const watches = [...(watcher.data.watches ?? []).filter((id) => id !== planId), planId]
  for (const left of watches.slice(0, -MOST)) await leaveHomes(watcher, left, [])
  watcher.data.watches = watches.slice(-MOST)
  await watcher.join(homesOf(circle, me))
  return { planId }
}

/** People of a plan changed: who watched it and may not any more is told once. */
export async function recheckWatcher(watcher: Watcher, circle: Circle): Promise<void> {
  const { data } = watcher
  const { planId } = circle
  if (!data.watches?.includes(planId)) return
  const me = seatAt(watcher, circle)
  const rooms = me ? homesOf(circle, me) : []
  await leaveHomes(watcher, planId, rooms)
  if (me) return void (await watcher.join(rooms))
  data.watches = data.watches.filter((id) => id !== planId)
  watcher.emit('ended', planId, false)
}

/** Leaves what is told at home of a plan, but for these rooms. */
async function leaveHomes(watcher: Watcher, planId: string, but: readonly string[]): Promise<void> {
  const home = homeRoom(planId)
  for (const one of [...watcher.rooms]) {
    if ((one === home || one.startsWith(`${home}:`)) && !but.includes(one)) await watcher.leave(one)
  }
}
