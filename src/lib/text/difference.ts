const lowHalf = (text: string, at: number) => (text.charCodeAt(at) & 0xfc00) === 0xdc00

/** The one span in which two texts differ, nearest the caret, never splitting a surrogate pair. */
export function difference(was: string, now: string, caret = now.length) {
  const room = Math.min(was.length, now.length)
  // repeated letters: the change is where the caret is
  const limit = Math.min(room, Math.max(0, caret - Math.max(0, now.length - was.length)))
  let start = 0
  while (start < limit && was[start] === now[start]) start++
  let end = 0
  while (end < room - start && was[was.length - 1 - end] === now[now.length - 1 - end]) end++
  if (start > 0 && (lowHalf(was, start) || lowHalf(now, start))) start--
  if (end > 0 && (lowHalf(was, was.length - end) || lowHalf(now, now.length - end))) end--
  return { start, remove: was.length - end - start, insert: now.slice(start, now.length - end) }
}
