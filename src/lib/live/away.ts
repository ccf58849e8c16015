/** Reading without a network: the service worker comes with a device of one's own, and goes with it. */
import { channel } from './channel.ts'
import { clearDevice, isAnyones, ownPlans, settle } from './own-device.ts'

const isInstalled = () => matchMedia('(display-mode: standalone)').matches

let watching = false

/** Hears at once when access to a plan ends that is kept here, whatever page is open. */
async function watch(): Promise<void> {
  if (watching) return
  watching = true
  const socket = await channel({ forceNew: true })
  socket.on('connect', () => {
    for (const planId of ownPlans())
      socket.emit('watch', planId, (reply) => void (reply.ok || settle()))
  })
  socket.on('ended', (planId) => void clearDevice(planId))
}

/** Sees to it that what may be read without a network can be, and nothing else. */
export async function look(): Promise<void> {
  await settle()
  if (!('serviceWorker' in navigator)) return
  const { serviceWorker } = navigator
  if (isAnyones() || isInstalled()) {
    await serviceWorker.register('/service-worker.js', { type: 'module' })
    if (isAnyones()) void watch()
    return
  }
  for (const worker of await serviceWorker.getRegistrations()) await worker.unregister()
  for (const name of await caches.keys()) await caches.delete(name)
}

/** Whether a page that cannot be fetched would be drawn here all the same. */
export const isReadable = (): boolean =>
  !navigator.onLine && Boolean(navigator.serviceWorker?.controller)
