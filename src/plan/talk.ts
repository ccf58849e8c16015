/** Cards to open a talk with: a few questions about each part of life. */
import type { Area } from './areas.ts'

export const TALK = {
  living: [
    'living_morning',
    'living_own',
    'living_eating',
    'living_rest',
    'living_safe',
    'living_do',
    'living_door',
  ],
  participation: [
    'participation_see',
    'participation_past',
    'participation_where',
    'participation_for',
    'participation_outside',
    'participation_days',
    'participation_learn',
  ],
  mental: [
    'mental_glad',
    'mental_sad',
    'mental_calm',
    'mental_believe',
    'mental_decide',
    'mental_whom',
    'mental_how',
  ],
  physical: [
    'physical_sleep',
    'physical_wash',
    'physical_food',
    'physical_pain',
    'physical_keep',
    'physical_fall',
    'physical_medicine',
  ],
} as const satisfies Record<Area, readonly string[]>

export type TalkId = (typeof TALK)[Area][number]
