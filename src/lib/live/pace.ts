/**
 * What can wait a moment is done together, and never between a key and the frame that shows it: on a
 * slow machine everything that others do would otherwise stand in the way of one's own letter.
 */
const TOGETHER_MS = 80
/** Between the keys of somebody who types: it goes after the frame of a key, at the latest after this. */
const TYPING_MS = 300
/** So long after a key one still types. */
const RESTS_MS = 600

let waiting: (() => void)[] = []
let timer: ReturnType<typeof setTimeout> | undefined
let typed = Number.NEGATIVE_INFINITY
let went = Number.NEGATIVE_INFINITY
let watched = false

function watchKeys(): void {
  watched = true
  const press = () => {
    typed = performance.now()
    if (timer !== undefined) wait() // not between this key and its frame
    requestAnimationFrame(() => setTimeout(() => timer !== undefined && go()))
  }
  addEventListener('keydown', press, { capture: true, passive: true })
}

/** Who only reads sees the first letter at once, and what follows it together. */
function wait(): void {
  clearTimeout(timer)
  const now = performance.now()
  const rests = Math.min(TOGETHER_MS, Math.max(0, went + TOGETHER_MS - now)) // a clock may be set back
  timer = setTimeout(go, now - typed < RESTS_MS ? TYPING_MS : rests)
}

function go(): void {
  clearTimeout(timer)
  timer = undefined
  went = performance.now()
  const now = waiting
  waiting = []
  for (const act of now) act()
}

/** Does this soon, with everything else that waits. */
export function soon(act: () => void): void {
  if (!watched) watchKeys()
  waiting.push(act)
  if (timer === undefined) wait()
}
