/** Reading without a network: the service worker comes with a device of one's own, and goes with it. */
import { isAnyones, settle } from './own-device.ts'

const isInstalled = () => matchMedia('(display-mode: standalone)').matches

/** Sees to it that what may be read without a network can be, and nothing else. */
export async function look(): Promise<void> {
  await settle()
  if (!('serviceWorker' in navigator)) return
  const { serviceWorker } = navigator
  if (isAnyones() || isInstalled()) {
    await serviceWorker.register('/service-worker.js', { type: 'module' })
    return
  }
  for (const worker of await serviceWorker.getRegistrations()) await worker.unregister()
  for (const name of await caches.keys()) await caches.delete(name)
}

/** Whether a page that cannot be fetched would be drawn here all the same. */
export const isReadable = (): boolean =>
  !navigator.onLine && Boolean(navigator.serviceWorker?.controller)
