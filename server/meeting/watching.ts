/** Devices that keep something of a plan and do not sit at its table now: they hear when access ends. */
import type { Refusal } from '#plan/refusals.ts'
import type { Account } from '../auth/sessions.ts'
import { seatOf, sits, type Circle } from '../seats.ts'

/** A connection as it watches: whose it is, and the plans it asked about. */
type Watcher = {
  data: { account: Account; watches?: string[] }
  emit(event: 'ended', planId: string, talkOver: boolean): void
}
/** More plans than anybody keeps on one device. */
const MOST = 50

const mayWatch = ({ data }: Watcher, circle: Circle): boolean => {
  const me = data.account.handover === null ? seatOf(circle, data.account.id) : undefined
  return me !== undefined && sits(circle, me)
}

/** From here this connection hears when its access to the plan ends, and nothing else of it. */
export function watch(watcher: Watcher, circle: Circle): { planId: string } | Refusal {
  if (!mayWatch(watcher, circle)) return 'no-access'
  const others = (watcher.data.watches ?? []).filter((id) => id !== circle.planId)
  watcher.data.watches = [...others, circle.planId].slice(-MOST)
  return { planId: circle.planId }
}

/** People of a plan changed: who watched it and may not any more is told once. */
export function recheckWatcher(watcher: Watcher, circle: Circle): void {
  const { data } = watcher
  if (!data.watches?.includes(circle.planId) || mayWatch(watcher, circle)) return
  data.watches = data.watches.filter((id) => id !== circle.planId)
  watcher.emit('ended', circle.planId, false)
}
