/** The smallest letter on the client's screens, in pixels. */
const SMALLEST = 18

/**
 * Makes the letter as small as it must be for a screen to be seen whole, and no smaller.
 *
 * A text that is longer than that scrolls: it is never cut, and never too small to read.
 */
export function fit(): void {
  const root = document.documentElement
  root.style.removeProperty('--fit')
  const whole = parseFloat(getComputedStyle(root).fontSize)
  for (let scale = 1; root.scrollHeight > window.innerHeight; scale -= 0.03) {
    if (whole * scale < SMALLEST) return
    root.style.setProperty('--fit', scale.toFixed(2))
  }
}

export const unfit = (): void => void document.documentElement.style.removeProperty('--fit')
