/**
 * What can wait a moment is done together, and never between a key and the frame that shows it: on a
 * slow machine everything that others do would otherwise stand in the way of one's own letter.
 */
const TOGETHER_MS = 80
/** So often it steps aside for a key; then it goes on, as in a page that is not shown. */
const ASIDE = 10
const ASIDE_MS = 16

let waiting: (() => void)[] = []
let timer: ReturnType<typeof setTimeout> | undefined
/** A key went down, and what it changed is not on the screen yet. */
let pressed = false
let watched = false

function watchKeys(): void {
  watched = true
  const press = () => {
    pressed = true
    requestAnimationFrame(() => setTimeout(() => (pressed = false)))
  }
  addEventListener('keydown', press, { capture: true, passive: true })
}

function go(aside: number): void {
  if (pressed && aside > 0) {
    timer = setTimeout(() => go(aside - 1), ASIDE_MS)
    return
  }
  timer = undefined
  const now = waiting
  waiting = []
  for (const act of now) act()
}

/** Does this soon, with everything else that waits. */
export function soon(act: () => void): void {
  if (!watched) watchKeys()
  waiting.push(act)
  timer ??= setTimeout(() => go(ASIDE), TOGETHER_MS)
}
