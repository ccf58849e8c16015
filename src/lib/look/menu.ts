/** An act, a page to go to, or one of several choices; `narrow`: a wide screen shows it elsewhere. */
export type Item = { label: string; icon?: string; narrow?: boolean } & (
  { act: () => void; checked?: boolean } | { href: string }
)

/** Where the list of a menu hangs: above its button or below, how high it may be, how far aside. */
export type Place = { up: boolean; height: number; shift: number }

const AIR = 8 // pixels between a list and what it may not cover or leave
const LEAST = 160 // so much of a list is shown in any case

/** Where a list is seen whole: between the top of the window and what lies fixed at its foot. */
export function placeOf(button: Element, list: Element, up: boolean): Place {
  const { top, bottom } = button.getBoundingClientRect()
  const { left } = list.getBoundingClientRect()
  const dock = button.closest('.dock') ? null : document.querySelector('.dock')
  const fixed = dock !== null && getComputedStyle(dock).position === 'fixed'
  const foot = fixed ? Math.min(dock.getBoundingClientRect().top, innerHeight) : innerHeight
  return placeIn({ above: top, below: foot - bottom, left }, list.scrollHeight, up)
}

/** The same, from the room there is above and below the button and the left edge of the list. */
export function placeIn(
  room: { above: number; below: number; left: number },
  height: number,
  up: boolean,
): Place {
  const [first, other] = up ? [room.above, room.below] : [room.below, room.above]
  const turned = height + AIR > first && other > first
  return {
    up: up !== turned,
    height: Math.max(LEAST, Math.floor((turned ? other : first) - AIR)),
    shift: Math.max(0, Math.ceil(AIR - room.left)),
  }
}
