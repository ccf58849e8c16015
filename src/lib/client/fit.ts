/** The smallest letter on the client's screens, in pixels. */
const SMALLEST = 18

/**
 * Makes the letter as small as it must be for a screen to be seen whole, and no smaller.
 *
 * Where that is not enough, who does what stands on one line each beside the question; she has read
 * it in full before. What is still longer scrolls: it is never too small to read.
 */
export function fit(): void {
  const root = document.documentElement
  unfit()
  const whole = parseFloat(getComputedStyle(root).fontSize)
  for (let scale = 1; root.scrollHeight > window.innerHeight; scale -= 0.03) {
    if (whole * scale < SMALLEST) return void (root.dataset.tight = '')
    root.style.setProperty('--fit', scale.toFixed(2))
  }
}

export function unfit(): void {
  const root = document.documentElement
  root.style.removeProperty('--fit')
  delete root.dataset.tight
}
