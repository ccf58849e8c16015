/**
 * Nothing moves under the hand: what somebody reads or writes keeps its place on the screen,
 * whatever others add above it.
 */
type Anchor = { element: HTMLElement; top: number }

const inView = ({ top, bottom }: DOMRect) => bottom > 0 && top < innerHeight

const THINGS = '[data-card], .goal'

/**
 * The topmost thing on the screen. Rows are asked before what lies in them: a row outside the window
 * is not laid out, and need not be for this.
 */
function topmost(root: HTMLElement): Anchor | null {
  for (const row of root.querySelectorAll<HTMLElement>('.lane, .life, .zone')) {
    if (!inView(row.getBoundingClientRect())) continue
    for (const element of row.querySelectorAll<HTMLElement>(THINGS)) {
      const box = element.getBoundingClientRect()
      if (box.top >= 0 && inView(box)) return { element, top: box.top }
    }
  }
  return null
}

/** What the eye is on: the card with the focus, else, once the page was scrolled, the topmost one. */
function anchorIn(root: HTMLElement): Anchor | null {
  const focused = document.activeElement?.closest<HTMLElement>(THINGS)
  if (focused && root.contains(focused)) {
    const box = focused.getBoundingClientRect()
    if (inView(box)) return { element: focused, top: box.top }
  }
  return scrollY === 0 ? null : topmost(root)
}

/**
 * Holds what the eye is on from here; answers with how to stop.
 *
 * Where it stands is noted when the hand moves (focus, scrolling); after changes of the page it is
 * put back before anything is painted, once a frame: measuring at every key press costs a layout each.
 */
export function keepStill(root: HTMLElement): () => void {
  let anchor: Anchor | null = null
  const look = () => {
    const found = anchorIn(root)
    // parts of a pixel must not add up to a slow slide
    const same = found && found.element === anchor?.element && Math.abs(found.top - anchor.top) < 1
    if (!same) anchor = found
  }
  const hold = () => {
    if (anchor?.element.isConnected) {
      const moved = anchor.element.getBoundingClientRect().top - anchor.top
      if (Math.abs(moved) >= 1) scrollBy({ top: moved, behavior: 'instant' })
    } else look()
  }
  let frame = 0
  const changes = new MutationObserver(() => {
    frame ||= requestAnimationFrame(() => {
      frame = 0
      hold()
    })
  })
  changes.observe(root, { childList: true, characterData: true, subtree: true })
  const sizes = new ResizeObserver(hold) // measured by then, and not painted yet
  sizes.observe(root)
  const { style } = document.documentElement
  style.overflowAnchor = 'none' // the browser's own way would do it twice
  addEventListener('scroll', look, { passive: true })
  addEventListener('resize', look)
  root.addEventListener('focusin', look)
  look()
  return () => {
    cancelAnimationFrame(frame)
    changes.disconnect()
    sizes.disconnect()
    style.overflowAnchor = ''
    removeEventListener('scroll', look)
    removeEventListener('resize', look)
    root.removeEventListener('focusin', look)
  }
}
