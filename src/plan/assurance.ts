/** How sure we are who somebody is, and how sure we must be (eIDAS; NEN 7510; domain.md §3.2). */
import { REPRESENTATION_ORDER, type Person, type Role } from './people.ts'

/**
 * `low`: one factor, a password or a personal link. `middle`: and a code by mail, which only their
 * own mailbox gets. `substantial`: two factors of different kinds. `high`: as an organisation says.
 */
export const ASSURANCES = ['low', 'middle', 'substantial', 'high'] as const
export type Assurance = (typeof ASSURANCES)[number]

/** Those who sit at the table from their own life, not for their work in care. */
const OWN_LIFE: readonly Role[] = [
  'client',
  'first_contact',
  'relative',
  'informal_carer',
  'administrator',
  'client_supporter',
  'confidant',
  'interpreter',
  'volunteer',
]
const REPRESENTATIVES: readonly Role[] = REPRESENTATION_ORDER

export const worksInCare = (role: Role): boolean =>
  !OWN_LIFE.includes(role) && !REPRESENTATIVES.includes(role)

export const reaches = (has: Assurance, needed: Assurance): boolean =>
  ASSURANCES.indexOf(has) >= ASSURANCES.indexOf(needed)

const highest = (levels: readonly Assurance[]): Assurance =>
  levels.reduce((most, one) => (reaches(most, one) ? most : one), 'low')

/** What reading asks of somebody: two factors of who works in care, a code of who decides for another. */
export const toRead = (roles: readonly Role[]): Assurance =>
  highest(
    roles.map((role) => {
      if (worksInCare(role)) return 'substantial'
      return REPRESENTATIVES.includes(role) ? 'middle' : 'low'
    }),
  )

/** What answering asks: more than a link of everyone but the client, who needs no password, ever. */
export const toAnswer = (role: Role): Assurance => {
  if (role === 'client') return 'low'
  return worksInCare(role) ? 'substantial' : 'middle'
}

/** May somebody who is known this surely say yes or no, as themselves or for another? */
export const mayAnswerWith = (assurance: Assurance, person: Pick<Person, 'role'>): boolean =>
  reaches(assurance, toAnswer(person.role))

/** What still lies between somebody who signed in and the plans. */
export type Step = 'second-factor' | 'enrol'

/**
 * The step still to take. Where second factors are required, by role; and always the factor
 * somebody chose themselves. Who works in care and has none must enrol one first.
 */
export function stepFor(
  has: Assurance,
  roles: readonly Role[],
  { enrolled, required }: { enrolled: boolean; required: boolean },
): Step | null {
  const inCare = roles.some(worksInCare)
  const own: Assurance = enrolled ? (inCare ? 'substantial' : 'middle') : 'low'
  const needed = highest([own, required ? toRead(roles) : 'low'])
  if (reaches(has, needed)) return null
  return inCare && !enrolled ? 'enrol' : 'second-factor'
}

const KNOWS = ['pwd', 'pin', 'kba']
const HAS = ['otp', 'sms', 'tel', 'hwk', 'swk', 'sc', 'fido', 'pop']
const IS = ['face', 'fpt', 'iris', 'retina', 'vbm']

/** How sure an organisation is, by its words for it: eIDAS levels (acr), or the ways used (RFC 8176). */
export function assuranceFrom(said: { acr?: unknown; amr?: unknown }): Assurance {
  const level = typeof said.acr === 'string' ? said.acr.toLowerCase() : ''
  if (level.endsWith('eidas.europa.eu/loa/high')) return 'high'
  if (level.endsWith('eidas.europa.eu/loa/substantial')) return 'substantial'
  const ways = Array.isArray(said.amr) ? said.amr : []
  const kinds = [KNOWS, HAS, IS].filter((kind) => kind.some((way) => ways.includes(way)))
  return ways.includes('mfa') || kinds.length > 1 ? 'substantial' : 'low'
}
