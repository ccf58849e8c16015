/** The four life areas of a zorgleefplan (ActiZ model, domain.md §1.1). */
export const AREAS = ['living', 'participation', 'mental', 'physical'] as const
export type Area = (typeof AREAS)[number]
export const isArea = (value: unknown): value is Area =>
  (AREAS as readonly unknown[]).includes(value)
