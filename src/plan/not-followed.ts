/**
 * A wish that is not followed, and why (Wlz 8.1.1 lid 4 and 5; L5). The wish itself stays as it was
 * said: that it is not followed, and on which ground, stands beside it.
 */
import type { Refusal } from './refusals.ts'
import { fold } from './words.ts'

/** a. the law, or what the person is able to; b. good care; c. others; lid 5: more than was indicated. */
export const GROUNDS = ['law-or-abilities', 'good-care', 'others', 'indication'] as const
export type Ground = (typeof GROUNDS)[number]

export type NotFollowing = {
  ground?: Ground | undefined
  reason: string
  /** With which other professional it was weighed; asked for on the ground of good care. */
  consulted: string
}

/** What is missing before it can be put on record; null when nothing is. */
export function lacksOf({ ground, reason, consulted }: NotFollowing): Refusal | null {
  if (!ground) return 'ground-missing'
  if (fold(reason) === '') return 'reason-missing'
  return ground === 'good-care' && fold(consulted) === '' ? 'consulted-missing' : null
}

/** Reads the ground from the words of a record that names the article; null where it names none. */
export function groundFrom(words: string): Ground | null {
  if (/\blid\s*5\b/i.test(words)) return 'indication'
  const letter = /\b(?:sub|onder|onderdeel)\s*([abc])\b/i.exec(words)?.[1]?.toLowerCase()
  if (letter === undefined) return null
  return letter === 'a' ? 'law-or-abilities' : letter === 'b' ? 'good-care' : 'others'
}
