/** Who looked at a plan, as the client reads it: lines of one day and one person taken together. */
import type { Role } from '#plan/people.ts'

/** What somebody did, as far as the client would ask. */
export const LOOKS = [
  'board',
  'care',
  'own',
  'draft',
  'goal',
  'history',
  'wrote',
  'decided',
  'copy',
  'people',
  'log',
  'numbers',
  'refused',
] as const
export type Look = (typeof LOOKS)[number]

export type LookLine = {
  /** `YYYY-MM-DD`, in Dutch time. */
  day: string
  /** The first and the last moment of that day. */
  first: string
  last: string
  name: string
  /** What they were at the table; null for who had no seat there. */
  role: Role | null
  relation: string | null
  number: number | null
  kind: 'client' | 'family' | 'pro' | null
  times: number
  looks: Look[]
}

export type LooksPage = {
  plan: { id: string; title: string; callMe: string }
  from: string
  to: string
  /** Only one's own lines: for who may not see everybody's. */
  ownOnly: boolean
  /** Oldest lines were left out: there were more than fit. */
  more: boolean
  lines: LookLine[]
}
