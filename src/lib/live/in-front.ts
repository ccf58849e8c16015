import { createSubscriber } from 'svelte/reactivity'

const hear = createSubscriber((update) => {
  document.addEventListener('visibilitychange', update)
  return () => document.removeEventListener('visibilitychange', update)
})

/** Whether this page is in front of somebody now, and not behind another one or put away. */
export function inFront(): boolean {
  hear()
  return document.visibilityState === 'visible'
}
