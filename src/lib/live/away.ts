/** Reading without a network: the service worker comes with a device of one's own, and goes with it. */
import { dev } from '$app/env'
import { clearDevice, isAnyones, ownPlans, settle } from './own-device.ts'
import { watch } from './watch.ts'

const isInstalled = () => matchMedia('(display-mode: standalone)').matches

let watching = false

/** Whatever page is open: when access to a plan that is kept here ends, it is taken away at once. */
function watchKept(): void {
  if (watching) return
  watching = true
  watch({
    plans: ownPlans,
    ended: (planId) => void clearDevice(planId),
    refused: () => void settle(),
  })
}

/** Sees to it that what may be read without a network can be, and nothing else. */
export async function look(): Promise<void> {
  await settle()
  if (!('serviceWorker' in navigator)) return
  const { serviceWorker } = navigator
  if (isAnyones() || isInstalled()) {
    await serviceWorker.register('/service-worker.js', { type: dev ? 'module' : 'classic' })
    if (isAnyones()) watchKept()
    return
  }
  for (const worker of await serviceWorker.getRegistrations()) await worker.unregister()
  for (const name of await caches.keys()) await caches.delete(name)
}

/** Whether a page that cannot be fetched would be drawn here all the same. */
export const isReadable = (): boolean =>
  !navigator.onLine && Boolean(navigator.serviceWorker?.controller)
