/** What can be kept as text at all: no zero, and no half of a character. */

export const NO_TEXT = 'not a text that can be kept'

const isText = (text: string): boolean => !text.includes('\0') && text.isWellFormed()

/**
 * Where something that came in holds what no database keeps; null when nowhere. It is unreadable, as
 * what is no JSON: found at the door, it is told to who sent it and is no fault of ours.
 */
export function unreadableAt(value: unknown, path = ''): string | null {
  if (typeof value === 'string') return isText(value) ? null : path
  if (typeof value !== 'object' || value === null) return null
  for (const [key, member] of Object.entries(value)) {
    const at = path === '' ? key : `${path}.${key}`
    if (!isText(key)) return path
    const found = unreadableAt(member, at)
    if (found !== null) return found
  }
  return null
}
