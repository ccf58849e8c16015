/** Dragging a card by its handle, with mouse, pen or finger. Loaded at the first touch of a handle. */
export type Drop = {
  /** The column it is let go over. */
  kind: 'wish' | 'point'
  /** The row it is let go in: a goal, a wish, or `rest`. */
  lane: string
  /** The card it is put before; null: behind the last. */
  before: string | null
}

const FAR = 6 // pixels before a press becomes a drag
const EDGE = 90 // where the page begins to scroll along

/** Follows one press until it is let go. `ondrop` is called once, and not after Escape. */
export function drag(
  start: PointerEvent,
  card: HTMLElement,
  kinds: readonly Drop['kind'][],
  ondrop: (drop: Drop) => void,
): Promise<boolean> {
  return new Promise((done) => {
    let ghost: HTMLElement | null = null
    let over: { drop: Drop; mark: HTMLElement } | null = null
    const box = card.getBoundingClientRect()
    const [dx, dy] = [start.clientX - box.left, start.clientY - box.top]

    const lift = () => {
      ghost = card.cloneNode(true) as HTMLElement
      ghost.setAttribute('aria-hidden', 'true')
      ghost.classList.add('dragged')
      ghost.style.width = `${box.width}px`
      document.body.append(ghost)
      card.classList.add('lifted')
    }
    const clear = () => over?.mark.classList.remove('drop-before', 'drop-in')
    const move = (event: PointerEvent) => {
      if (event.pointerId !== start.pointerId) return
      if (event.buttons === 0) return end(false) // let go before this was loaded
      const far = Math.hypot(event.clientX - start.clientX, event.clientY - start.clientY)
      if (!ghost && far < FAR) return
      if (!ghost) lift()
      event.preventDefault()
      ghost!.style.translate = `${event.clientX - dx}px ${event.clientY - dy}px`
      clear()
      over = under(event, card, kinds)
      over?.mark.classList.add(over.drop.before === null ? 'drop-in' : 'drop-before')
      if (event.clientY < EDGE) scrollBy(0, -12)
      else if (event.clientY > innerHeight - EDGE) scrollBy(0, 12)
    }
    const end = (dropped: boolean) => {
      removeEventListener('pointermove', move)
      removeEventListener('pointerup', up)
      removeEventListener('pointercancel', cancel)
      removeEventListener('keydown', keys, true)
      clear()
      card.classList.remove('lifted')
      const moved = ghost !== null
      ghost?.remove()
      if (moved && dropped && over) ondrop(over.drop)
      done(moved)
    }
    const up = (event: PointerEvent) => event.pointerId === start.pointerId && end(true)
    const cancel = (event: PointerEvent) => event.pointerId === start.pointerId && end(false)
    const keys = (event: KeyboardEvent) => event.key === 'Escape' && end(false)
    addEventListener('pointermove', move, { passive: false })
    addEventListener('pointerup', up)
    addEventListener('pointercancel', cancel)
    addEventListener('keydown', keys, true)
  })
}

/** Where a card would land: in which column and row, and before which card. */
function under(
  event: PointerEvent,
  card: HTMLElement,
  kinds: readonly Drop['kind'][],
): { drop: Drop; mark: HTMLElement } | null {
  const found = document.elementFromPoint(event.clientX, event.clientY)
  const cell = found?.closest<HTMLElement>('[data-drop]')
  const lane = cell?.closest<HTMLElement>('[data-lane]')?.dataset.lane
  const kind = kinds.find((one) => one === cell?.dataset.drop)
  if (!cell || !lane || !kind) return null
  const others = [...cell.querySelectorAll<HTMLElement>('.card[data-card]')].filter(
    (one) => one !== card,
  )
  const next = others.find((one) => {
    const { top, height } = one.getBoundingClientRect()
    return event.clientY < top + height / 2
  })
  const before = next?.dataset.card ?? null
  return { drop: { kind, lane, before }, mark: next ?? cell }
}
