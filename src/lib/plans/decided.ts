/** The words of the grounds on which a wish is not followed. */
import type { Ground } from '#plan/not-followed.ts'
import { m } from '#lib/paraglide/messages.js'

const grounds: Record<Ground, () => string> = {
  'law-or-abilities': m.plans_ground_law,
  'good-care': m.plans_ground_care,
  others: m.plans_ground_others,
  indication: m.plans_ground_indication,
}
export const groundWord = (ground: Ground): string => grounds[ground]()
