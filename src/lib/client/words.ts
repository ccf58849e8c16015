/** Counting in words, as one says it aloud. */
import type { Area } from '#plan/areas.ts'
import { m } from '#lib/paraglide/messages.js'

const ordinals = [m.client_nr_1, m.client_nr_2, m.client_nr_3, m.client_nr_4, m.client_nr_5]
const counts = [
  m.client_count_1,
  m.client_count_2,
  m.client_count_3,
  m.client_count_4,
  m.client_count_5,
]

const count = (n: number): string => counts[n - 1]?.() ?? String(n)

/** "Eerste afspraak van twee", "Afspraak 6 van 7"; nothing where there is only one. */
export function whereInRound(at: number, of: number): string {
  const nr = ordinals[at]?.()
  if (of < 2) return ''
  return nr
    ? m.client_where({ nr, of: count(of) })
    : m.client_where_nr({ nr: at + 1, of: count(of) })
}

/** "Het zijn twee afspraken." */
export const howMany = (n: number): string =>
  n === 1 ? m.client_one_goal() : m.client_goals({ count: count(n) })

/** A drawing that goes with a life domain. It says nothing the words do not. */
export const pictureOf: Record<Area, string> = {
  living: '/art/keukentafel.svg',
  participation: '/art/bloemenwinkel.svg',
  mental: '/art/bloemen.svg',
  physical: '/art/tuin.svg',
}
