/**
 * Keeps everything of a sheet on the screen: what is read from afar is never scrolled and never cut.
 *
 * First the large letters become smaller, then the picture goes; the smallest letter stays as it is.
 * Only a text that is far too long for one screen makes all of it smaller.
 */
const STEPS = 6

export function fit(key: () => unknown) {
  return (node: HTMLElement) => {
    const tooMuch = () =>
      node.scrollHeight > node.clientHeight + 1 ||
      node.scrollWidth > node.clientWidth + 1 ||
      [...node.querySelectorAll<HTMLElement>('[data-whole]')].some(
        (part) => part.scrollHeight > part.clientHeight + 1,
      )
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
