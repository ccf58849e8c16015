import { seatOf, type Person, type PersonId, type Seat } from './people.ts'

/** Who reads and writes a document (domain.md §3.2). Each zone is a document of its own. */
export const ZONES = ['shared', 'care', 'client', 'draft'] as const
export type Zone = (typeof ZONES)[number]

/** What people do at the table. */
export const ACTS = [
  'read',
  'write',
  'create-goal',
  'present',
  'answer',
  'answer-for-client',
  'revise',
  'decide-dissent',
  'remove-any-card',
  'export',
  'see-who-looked',
  'invite',
  'import',
] as const
export type Act = (typeof ACTS)[number]

/** What an act is about: a zone of the plan; for a draft, also whose it is. */
export type Thing = { zone: Zone; owner?: PersonId | null }

const everyone: readonly Seat[] = [
  'client',
  'acting-representative',
  'relative',
  'informal-carer',
  'nurse',
  'physician',
  'therapist',
  'social-team',
  'client-supporter',
  'interpreter',
  'guest',
]
const careTeam: readonly Seat[] = ['nurse', 'physician', 'therapist']
const deciders: readonly Seat[] = ['client', 'acting-representative', ...careTeam]
const writers = everyone.filter((seat) => seat !== 'guest')
const voters = writers.filter((seat) => seat !== 'interpreter' && seat !== 'client-supporter')

/** The permission matrix (domain.md §3.3): who may do what in the zones that are not one's own. */
export const MATRIX: Record<Act, Record<'shared' | 'care', readonly Seat[]>> = {
  read: { shared: everyone, care: deciders },
  write: { shared: writers, care: deciders },
  'create-goal': { shared: voters, care: [] },
  present: { shared: careTeam, care: [] },
  answer: { shared: everyone, care: [] },
  'answer-for-client': { shared: ['acting-representative', ...careTeam], care: [] },
  revise: { shared: deciders, care: [] },
  'decide-dissent': { shared: careTeam, care: [] },
  'remove-any-card': { shared: deciders, care: deciders },
  export: { shared: ['client', 'acting-representative', 'nurse', 'physician'], care: [] },
  'see-who-looked': { shared: ['client', 'acting-representative'], care: [] },
  invite: { shared: ['client', 'acting-representative'], care: [] },
  import: { shared: careTeam, care: [] },
}

/**
 * The one question of access, asked at every door and for every message.
 *
 * @param people everyone on the plan: who represents the client follows from all of them together
 */
export function may(
  person: Person,
  act: Act,
  thing: Thing,
  people: readonly Person[] = [person],
): boolean {
  const seat = seatOf(person, people)
  if (seat === 'outsider' || seat === 'manager') return false
  switch (thing.zone) {
    case 'draft':
      return thing.owner === person.id && (act === 'read' || act === 'write')
    case 'client':
      if (act === 'remove-any-card') return seat === 'client'
      return (seat === 'client' || person.confidantOfClient) && (act === 'read' || act === 'write')
    case 'shared':
    case 'care':
      return MATRIX[act][thing.zone].includes(seat)
    default:
      return thing.zone satisfies never
  }
}
