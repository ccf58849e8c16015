import type { HomePlan } from '#live/home.ts'

/** A plan somebody finds at home, or found there until their access ended. */
export type Found = { plan: HomePlan; ended: boolean }

/**
 * What is found now, after what was found before: each in its place.
 *
 * A plan that is not given any more stays, as ended. Words somebody was adding there are theirs, and
 * the other plans go on as they stand.
 */
export function foundNow(before: readonly Found[], now: readonly HomePlan[]): Found[] {
  const kept = before.map(({ plan }) => {
    const given = now.find(({ id }) => id === plan.id)
    return given ? { plan: given, ended: false } : { plan, ended: true }
  })
  const fresh = now.filter(({ id }) => !before.some(({ plan }) => plan.id === id))
  return [...kept, ...fresh.map((plan) => ({ plan, ended: false }))]
}
