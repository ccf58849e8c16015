/** Says that somebody has words open that wait for their answer, while the page is in front of them. */
import { inFront } from '#lib/live/in-front.ts'

/** Where it is said; it keeps the newest, and says it again after a connection that went. */
type Hears = { reads(open: { goalId: string; hash: string } | null): void }

/**
 * Part of a component: tells the table what is read on it.
 *
 * @param what the goal's id and the hash of its words with a space between, or '' for nothing
 */
export function sayWhatIsRead(where: () => Hears | null, what: () => string): void {
  const open = $derived(inFront() ? what() : '')
  $effect(() => {
    const table = where()
    const [goalId, hash] = open.split(' ')
    if (!table || !goalId || !hash) return
    table.reads({ goalId, hash })
    return () => table.reads(null)
  })
}
