/** What each seat at the table means, in the two questions people ask: who decides, who sees what. */
import { may, ZONES, type Zone } from './access.ts'
import {
  actingRepresentative,
  isFamily,
  isProfessional,
  isRepresentative,
  responsibleProfessional,
  type Authority,
  type Person,
  type Role,
} from './people.ts'

/** What somebody decides about this plan (domain.md §2.2). Being called first is no authority. */
export type Decides =
  | 'self'
  | 'self-where-possible'
  | 'for-her-now'
  | 'for-her-when-unable'
  | 'answers-for-care'
  | 'care'
  | 'called-first'
  | 'own-view'
  | 'beside-her'
  | 'interprets'
  | 'money'
  | 'numbers'
  | 'nothing'

export function decidesOf(person: Person, people: readonly Person[]): Decides {
  if (person.role === 'client')
    return person.authority === 'self_where_possible' ? 'self-where-possible' : 'self'
  if (person.role === 'administrator') return 'money'
  if (person.role === 'care_manager') return 'numbers'
  if (actingRepresentative(people)?.id === person.id) return 'for-her-now'
  if (isRepresentative(person)) return 'for-her-when-unable'
  if (person.role === 'first_contact') return 'called-first'
  if (isFamily(person)) return 'own-view'
  if (person.role === 'client_supporter' || person.role === 'confidant') return 'beside-her'
  if (person.role === 'interpreter') return 'interprets'
  if (responsibleProfessional(people)?.id === person.id) return 'answers-for-care'
  if (isProfessional(person)) return 'care'
  return person.role === 'social_district_team' ? 'own-view' : 'nothing'
}

/** The zones somebody reads something of; their own draft is not worth saying. */
export const seesOf = (person: Person, people: readonly Person[]): Zone[] =>
  ZONES.filter(
    (zone) => zone !== 'draft' && may(person, 'read', { zone, owner: person.id }, people),
  )

/** Everyone who reads a zone now: the answer to "Wie kan dit zien?". */
export const readersOf = <P extends Person>(
  zone: Zone,
  people: readonly P[],
  owner: string | null = null,
): P[] => people.filter((person) => may(person, 'read', { zone, owner }, people))

/** On what footing somebody sits down who is let in as this. */
export function footingOf(role: Role): Authority {
  const one = { role, authority: 'professional' } as Person // its role is all that is asked here
  if (role === 'client') return 'self'
  if (isRepresentative(one)) return 'representative'
  if (isFamily(one)) return 'own_task'
  if (role === 'social_district_team') return 'professional_with_consent'
  if (role === 'client_supporter' || role === 'confidant') return 'supports_client'
  return isProfessional(one) || role === 'care_manager' ? 'professional' : 'none'
}

/** Whether access that was given until a day is over. The day itself still counts. */
export const isOver = (until: string | null, today: string): boolean =>
  until !== null && until < today
