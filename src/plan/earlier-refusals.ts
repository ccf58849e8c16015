/**
 * What the client wrote down earlier that she does not want (Wlz 8.1.2 lid 5; L12).
 *
 * While she can decide, her word of today counts. Where she cannot, what she wrote is respected; only
 * a good reason lets people do otherwise. So it stands beside every goal it may bear on, before the
 * words are laid before people and while they answer.
 */
import type { Area } from './areas.ts'
import type { Ability } from './deciding.ts'
import type { PersonId } from './people.ts'

export type EarlierRefusal = {
  id: string
  /** Her words. */
  text: string
  /** The part of her life it is about; null: all of it. */
  area: Area | null
  /** The day she wrote it. */
  on: string
  recordedBy: PersonId
}

/** A row as it is kept: a refusal, or that one is taken back. */
export type RefusalEntry = EarlierRefusal & { takesBack: string | null }

/** The refusals that stand: those nobody took back. */
export function standingRefusals(entries: readonly RefusalEntry[]): EarlierRefusal[] {
  const gone = new Set(entries.flatMap(({ takesBack }) => takesBack ?? []))
  return entries
    .filter(({ id, takesBack }) => takesBack === null && !gone.has(id))
    .map(({ id, text, area, on, recordedBy }) => ({ id, text, area, on, recordedBy }))
}

/** The refusals people must weigh at a goal: of its area or of all, where she may not decide it now. */
export const refusalsBeside = (
  goal: { area: Area; ability: Ability },
  refusals: readonly EarlierRefusal[],
): EarlierRefusal[] =>
  goal.ability === 'able' ? [] : refusals.filter(({ area }) => area === null || area === goal.area)
