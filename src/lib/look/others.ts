/** What others did, in one sentence for each of them. */
import type { Others } from '#lib/live/announcer.svelte.ts'
import { m } from '#lib/paraglide/messages.js'

export const othersWords = (others: readonly Others[]): string =>
  others
    .map(({ who, count }) =>
      count === 1 ? m.text_others_one({ who }) : m.text_others({ who, count }),
    )
    .join(' ')
