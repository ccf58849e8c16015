/**
 * Keeps everything of a sheet on the screen: what is read from afar is never scrolled and never cut.
 *
 * First the large letters become smaller, then the picture goes; the smallest letter stays as it is.
 * Only a text that is far too long for one screen makes all of it smaller.
 */
const STEPS = 6

export function fit(key: () => unknown) {
  return (node: HTMLElement) => {
    /** Whether anything of a part lies outside it: its own box does not tell, it hides what is outside. */
    const outside = (part: Element) => {
      const box = part.getBoundingClientRect()
      return [...part.querySelectorAll('*:not(.vh)')].some((inner) => {
        const { width, bottom, right } = inner.getBoundingClientRect()
        return width > 0 && (bottom > box.bottom + 1 || right > box.right + 1)
      })
    }
    const tooMuch = () => [node, ...node.querySelectorAll('[data-whole]')].some(outside)
    const measure = () => {
      for (let step = 0; step <= STEPS; step++) {
        node.dataset.fit = String(step)
        if (!tooMuch()) return
      }
    }
    $effect(() => {
      key()
      measure()
    })
    const seen = new ResizeObserver(measure)
    seen.observe(document.documentElement)
    seen.observe(node)
    void document.fonts.ready.then(measure)
    return () => seen.disconnect()
  }
}
