/**
 * Nothing moves under the hand: what somebody reads or writes keeps its place on the screen,
 * whatever others add above it.
 */
export type Anchor = { element: HTMLElement; top: number }

const inView = ({ top, bottom }: DOMRect) => bottom > 0 && top < innerHeight

/**
 * What the eye is on: the card with the focus, else, once the page was scrolled, the topmost one.
 *
 * @param last where it was held before: parts of a pixel do not add up to a slow slide
 */
export function anchorIn(root: HTMLElement, last: Anchor | null): Anchor | null {
  const found = anchorNow(root)
  const same = found && found.element === last?.element && Math.abs(found.top - last.top) < 2
  return same ? last : found
}

function anchorNow(root: HTMLElement): Anchor | null {
  const focused = document.activeElement?.closest<HTMLElement>('[data-card], .goal')
  if (focused && root.contains(focused)) {
    const box = focused.getBoundingClientRect()
    if (inView(box)) return { element: focused, top: box.top }
  }
  if (scrollY === 0) return null
  for (const element of root.querySelectorAll<HTMLElement>('[data-card], .goal')) {
    const box = element.getBoundingClientRect()
    if (box.top >= 0 && inView(box)) return { element, top: box.top }
  }
  return null
}

/** Puts it back where it was on the screen. */
export function hold(anchor: Anchor | null): void {
  if (!anchor?.element.isConnected) return
  const moved = anchor.element.getBoundingClientRect().top - anchor.top
  if (Math.abs(moved) >= 1) scrollBy({ top: moved, behavior: 'instant' })
}
