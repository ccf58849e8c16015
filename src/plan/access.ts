import type { CardKind } from './cards.ts'
import {
  CARE_ROLES,
  isProfessional,
  isRepresentative,
  responsibleProfessional,
  seatOf,
  seesGoal,
  seesSomeGoals,
  type Person,
  type PersonId,
  type Role,
  type Seat,
} from './people.ts'

/** Who reads and writes a document (domain.md §3.2). Each zone is a document of its own. */
export const ZONES = ['shared', 'care', 'client', 'draft'] as const
export type Zone = (typeof ZONES)[number]

/** What people do at the table. */
export const ACTS = [
  'read',
  'write',
  'add-observation',
  'add-point',
  'create-goal',
  'present',
  'answer',
  'answer-for-client',
  'revise',
  'decide-dissent',
  'remove-any-card',
  'erase',
  'erase-plan',
  'export',
  'see-who-looked',
  'see-own-looks',
  'invite',
  'invite-on-request',
  'record-representation',
  'import',
  'see-numbers',
  'audit',
  'judge',
  'let-in',
  'end-letting-in',
  'set-plan',
  'lead',
] as const
export type Act = (typeof ACTS)[number]

/**
 * What an act is about: a zone of the plan; for a draft, or a therapist's part of the care zone, also
 * whose it is; or one goal in it.
 */
export type Thing = { zone: Zone; owner?: PersonId | null; goalId?: string | null }

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
/** Who reads the zone of the care as a whole; a therapist has a part of it that is their own. */
const wholeCare: readonly Seat[] = ['client', 'acting-representative', 'nurse', 'physician']
/** What a therapist does in their own part of the care zone; in the rest of it nothing. */
const IN_OWN_PART: readonly Act[] = [
  'read',
  'write',
  'add-observation',
  'add-point',
  'remove-any-card',
]
const writers = everyone.filter((seat) => seat !== 'guest')
/** Whose own view counts: an interpreter says what others say. */
const voices = everyone.filter((seat) => seat !== 'interpreter')
/** What was seen of her is told by who was there; she herself says what she wants. */
const witnesses = everyone.filter(
  (seat) => !['client', 'client-supporter', 'interpreter', 'guest'].includes(seat),
)
const makers = writers.filter((seat) => seat !== 'interpreter')

/**
 * The permission matrix (domain.md §3.3): who may do what in the zones that are not one's own.
 *
 * Where the law asks "propose" of one and "suggest" of another, both write: what counts is the yes
 * that is asked afterwards. A manager and an auditor read no word of a plan (L6): they are only in
 * the rows about numbers and about who looked. A therapist reads of the care zone the document that
 * is their own part of it, and a colleague's to which they were let in; a psychologist records what
 * they judged about deciding from there; an interpreter has a seat only while a talk goes on.
 */
export const MATRIX: Record<Act, Record<'shared' | 'care', readonly Seat[]>> = {
  read: { shared: everyone, care: wholeCare },
  write: { shared: writers, care: wholeCare },
  'add-observation': { shared: witnesses, care: ['acting-representative', 'nurse', 'physician'] },
  'add-point': { shared: makers, care: wholeCare },
  'create-goal': { shared: makers, care: [] },
  present: { shared: careTeam, care: [] },
  answer: { shared: voices, care: [] },
  'answer-for-client': { shared: ['acting-representative', ...careTeam], care: [] },
  revise: { shared: deciders, care: [] },
  'decide-dissent': { shared: careTeam, care: [] },
  'remove-any-card': { shared: deciders, care: wholeCare },
  erase: { shared: careTeam, care: ['nurse', 'physician'] },
  'erase-plan': { shared: careTeam, care: [] },
  export: { shared: ['client', 'acting-representative', 'nurse', 'physician'], care: [] },
  'see-who-looked': { shared: ['client', 'acting-representative'], care: [] },
  'see-own-looks': { shared: careTeam, care: [] },
  invite: { shared: ['client', 'acting-representative'], care: [] },
  'invite-on-request': { shared: careTeam, care: [] },
  'record-representation': { shared: ['nurse', 'physician'], care: [] },
  import: { shared: careTeam, care: [] },
  'see-numbers': { shared: ['manager'], care: [] },
  audit: { shared: ['manager'], care: [] },
  judge: { shared: [], care: ['nurse', 'physician'] },
  'let-in': { shared: [], care: [] },
  'end-letting-in': { shared: [], care: ['client', 'acting-representative'] },
  'set-plan': { shared: ['nurse', 'physician'], care: [] },
  lead: { shared: careTeam, care: [] },
}

/** What one does with a goal when one sees some goals only: read it, answer to it. */
const WITH_SOME_GOALS: readonly Act[] = ['read', 'answer']

/**
 * The one question of access, asked at every door and for every message.
 *
 * Who was let in for some goals only reads those, and answers to them; of the rest of the plan, and of
 * a thing that names no goal, they see nothing.
 *
 * @param people everyone on the plan: who represents the client, and which professional answers for
 *   the plan, follows from all of them together
 */
export function may(
  person: Person,
  act: Act,
  thing: Thing,
  people: readonly Person[] = [person],
): boolean {
  const seat = seatOf(person, people)
  if (seat === 'outsider') return false
  // what is done at the client's request is done by the one who answers for the plan
  const onRequest =
    act === 'invite-on-request' || act === 'erase-plan' || (act === 'erase' && isOfCare(thing))
  if (onRequest && responsibleProfessional(people)?.id !== person.id) return false
  if (seesSomeGoals(person, people)) {
    const { zone, goalId } = thing
    if (zone !== 'shared' || !goalId || !seesGoal(person, goalId, people)) return false
    return WITH_SOME_GOALS.includes(act) && MATRIX[act].shared.includes(seat)
  }
  switch (thing.zone) {
    case 'draft':
      return (
        seat !== 'manager' && thing.owner === person.id && ['read', 'write', 'erase'].includes(act)
      )
    case 'client':
      if (seat === 'manager') return false
      if (act === 'remove-any-card' || act === 'erase') return seat === 'client'
      return (seat === 'client' || person.confidantOfClient) && (act === 'read' || act === 'write')
    case 'care':
      if (OF_A_PART.includes(act) && opensPart(person, thing.owner, people)) return true
      if (seat === 'therapist') {
        if (act === 'judge') return person.role === 'psychologist' && thing.owner === person.id
        const within = thing.owner === person.id || act !== 'remove-any-card' // a colleague's stays theirs
        return isLetIn(person, thing.owner) && within && IN_OWN_PART.includes(act)
      }
      if (OF_A_PART.includes(act) && !thing.owner) return false // the rest of the zone is nobody's part
      return MATRIX[act].care.includes(seat)
    case 'shared':
      return MATRIX[act].shared.includes(seat)
    default:
      return thing.zone satisfies never
  }
}

/** About a therapist's own part of the care zone: who else reads and writes there. */
const OF_A_PART: readonly Act[] = ['let-in', 'end-letting-in']

const isLetIn = (person: Person, owner: PersonId | null | undefined): boolean =>
  owner === person.id || (!!owner && person.letIn?.includes(owner) === true)

/**
 * Whether somebody opens a therapist's part to a colleague: who it belongs to, and of a therapist who
 * left, who answers for the plan, so that a successor can read on.
 */
function opensPart(
  person: Person,
  owner: PersonId | null | undefined,
  people: readonly Person[],
): boolean {
  const whose = people.find(({ id }) => id === owner)
  if (!whose) return false
  return whose.access === 'active' && isProfessional(whose)
    ? whose.id === person.id
    : responsibleProfessional(people)?.id === person.id
}

/** As what nobody is let in at a table: they are its client, or sit elsewhere. */
const NEVER_LET_IN: readonly Role[] = ['client', 'administrator', 'care_manager']
/** Who speaks for the client because she said so, or as her family; the others a court appointed. */
const HER_OWN_CHOICE: readonly Role[] = ['authorised_rep', 'partner_rep', 'family_rep']

/**
 * As what somebody may let others in (L8): the client and who acts for her whom she wants beside her.
 *
 * Who works in the care is let in by the care, at her request: that seat reads the zone of the care
 * and judges. Who is to decide for her comes from who may record representation, or from herself,
 * never from who decides for her now.
 */
export function mayLetInAs(person: Person, role: Role, people: readonly Person[]): boolean {
  const shared: Thing = { zone: 'shared' }
  const onRequest = may(person, 'invite-on-request', shared, people)
  if (NEVER_LET_IN.includes(role) || !(onRequest || may(person, 'invite', shared, people)))
    return false
  if (CARE_ROLES.includes(role)) return onRequest
  if (!isRepresentative({ role })) return true
  if (person.role === 'client') return HER_OWN_CHOICE.includes(role)
  return onRequest && may(person, 'record-representation', shared, people)
}

const ADDING: Partial<Record<CardKind, Act>> = {
  observation: 'add-observation',
  point: 'add-point',
}

/** Whether somebody may put a card of this kind here; in one's own drawer everything may lie. */
export function mayAdd(
  person: Person,
  kind: CardKind,
  thing: Thing,
  people: readonly Person[] = [person],
): boolean {
  if (!may(person, 'write', thing, people)) return false
  const act = ADDING[kind]
  return act === undefined || !isOfCare(thing) || may(person, act, thing, people)
}

/** A zone that the care team answers for; the client's own, and a draft, are their owner's. */
const isOfCare = ({ zone }: Thing): boolean => zone === 'shared' || zone === 'care'
