import { LiveDocument } from '#lib/live/document.svelte.ts'
import { isOwnDevice, keptOf, type Keep } from '#lib/live/own-device.ts'

type Unsent = { goalId: string | null; live: LiveDocument }

/**
 * Words of a plan that wait on this device since an earlier page.
 *
 * They are sent from home, so that they do not wait until the page on which they were written is
 * opened again. What cannot be sent stays, and is found there.
 */
export class Waiting {
  readonly #keep: Keep
  #unsent = $state.raw<Unsent[]>([])

  constructor({ planId, personId }: Keep) {
    this.#keep = { planId, personId }
  }

  /** Whether words are still to be sent from here. */
  readonly underway: boolean = $derived(this.#unsent.some(({ live }) => !isShut(live)))

  /** The pages where words are found that could not be sent. */
  readonly found: readonly string[] = $derived.by(() => {
    const board = `/plan/${this.#keep.planId}`
    const shut = this.#unsent.filter(({ live }) => isShut(live) && live.state !== 'ended')
    const pages = shut.map(({ goalId }) => (goalId ? `${board}/doel/${goalId}` : board))
    return pages.filter((page, at) => pages.indexOf(page) === at)
  })

  /** Sends what waits; answers with how to stop. */
  open(): () => void {
    const keep = this.#keep
    if (!isOwnDevice(keep)) return () => {}
    this.#unsent = keptOf(keep.planId)
      .filter(({ unsent }) => unsent)
      .map(({ documentId: id, goalId }) => ({
        goalId,
        live: new LiveDocument({ id, keep: { ...keep, ...(goalId && { goalId }) }, alone: true }),
      }))
    const stop = $effect.root(() => {
      $effect(() => {
        const sent = this.#unsent.filter(({ live }) => live.state === 'saved')
        if (sent.length === 0) return
        this.#unsent = this.#unsent.filter((one) => !sent.includes(one))
        for (const { live } of sent) live.destroy() // nobody is at that table from here
      })
    })
    return () => {
      stop()
      for (const { live } of this.#unsent) live.destroy()
    }
  }
}

const isShut = ({ state }: LiveDocument): boolean =>
  state === 'closed' || state === 'refused' || state === 'ended'
