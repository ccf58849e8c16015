import { isFamily, isProfessional, type Person, type PersonId } from './people.ts'

/** On what ground words stand in the plan (domain.md §5.2): typed is not said. */
export const BASES = [
  'own_words',
  'own_words_supported',
  'observed',
  'proxy_as_client',
  'proxy_own_view',
  'professional_view',
  'earlier_statement',
  'presumed',
] as const
export type Basis = (typeof BASES)[number]
export const isBasis = (value: unknown): value is Basis =>
  (BASES as readonly unknown[]).includes(value)

/** Who said something, and on what ground. */
export type Voice = { saidBy: PersonId; basis: Basis }

/**
 * Whether words on this ground can be this person's.
 *
 * Nobody else's sentence may ever stand as the client's quote: own words name who said them, and a
 * relative's own words are her own wish. What she thinks about her mother, and what she thinks her
 * mother would say, are two grounds, kept apart.
 */
export function canSpeak(person: Person, basis: Basis): boolean {
  switch (basis) {
    case 'own_words':
      return person.role === 'client' || isFamily(person)
    case 'own_words_supported':
      return person.role === 'client'
    case 'proxy_as_client':
    case 'proxy_own_view':
      return isFamily(person)
    case 'professional_view':
      return isProfessional(person) || person.role === 'social_district_team'
    case 'observed':
    case 'presumed':
      return person.role !== 'client'
    case 'earlier_statement':
      return true
    default:
      return basis satisfies never
  }
}

/** The ground that fits someone who writes down what they think themselves. */
export function ownBasis(person: Person): Basis {
  if (person.role === 'client') return 'own_words'
  return isFamily(person)
    ? 'proxy_own_view'
    : isProfessional(person)
      ? 'professional_view'
      : 'observed'
}

/** How a voice stands on a stretch of text: `"{personId}:{basis}"` (design.md §3). */
export const voiceMark = ({ saidBy, basis }: Voice): string => `${saidBy}:${basis}`

/** Reads a voice mark; null when it is not one. */
export function readVoiceMark(value: unknown): Voice | null {
  if (typeof value !== 'string') return null
  const at = value.lastIndexOf(':')
  const basis = value.slice(at + 1)
  return at > 0 && isBasis(basis) ? { saidBy: value.slice(0, at), basis } : null
}
