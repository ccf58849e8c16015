/** The people around a care plan, and what each of them is in law and in practice (domain.md §3.1). */

export type PersonId = string

export const ROLES = [
  'client',
  'first_contact',
  'relative',
  'informal_carer',
  'curator',
  'mentor',
  'authorised_rep',
  'partner_rep',
  'family_rep',
  'administrator',
  'primary_carer',
  'carer',
  'nurse',
  'district_nurse',
  'elderly_care_physician',
  'gp',
  'physiotherapist',
  'occupational_therapist',
  'speech_therapist',
  'dietician',
  'psychologist',
  'spiritual_carer',
  'activity_coordinator',
  'care_responsible_wzd',
  'social_district_team',
  'client_supporter',
  'confidant',
  'interpreter',
  'volunteer',
  'care_manager',
] as const
export type Role = (typeof ROLES)[number]

/**
 * On what footing someone sits at the table. `self_where_possible`: a client about whom incapacity
 * was judged for some topics. `none`: welcome at the table, with no say and no care role.
 */
export const AUTHORITIES = [
  'self',
  'self_where_possible',
  'representative',
  'professional',
  'professional_with_consent',
  'own_task',
  'supports_client',
  'none',
] as const
export type Authority = (typeof AUTHORITIES)[number]

export type Person = {
  id: PersonId
  key: string
  name: string
  /** How the client wants to be called; of others it is not kept. */
  callMe?: string | null
  role: Role
  relation: string | null
  authority: Authority
  /** May be a party to a goal at all, as agreed with the client. */
  mayConfirm: boolean
  /** The person's thread: 1 is always the client, others 2 and up in order of joining. */
  number: number
  /** Picked by the client to read and write her own zone. */
  confidantOfClient: boolean
  access: 'active' | 'ended'
  /** The goals the client lets them see, and nothing else of the plan; null: the plan as their seat has it. */
  goals?: readonly string[] | null
  /** Whose own parts of the care zone a therapist was let in to, beside theirs. */
  letIn?: readonly PersonId[]
  /** Does not want to stand in for the client; anyone in the legal order may decline. */
  declines?: boolean
  /** Pointed out by the care among equals in the legal order. */
  pointedOut?: boolean
  /** Part of a talk that goes on now. Asked of an interpreter only: they read along in talks. */
  inTalk?: boolean
}

/** The legal order in which someone may stand in for the client (Wlz 8.1.2, WGBO 7:465). */
export const REPRESENTATION_ORDER = [
  'curator',
  'mentor',
  'authorised_rep',
  'partner_rep',
  'family_rep',
] as const satisfies readonly Role[]

const FAMILY = new Set<Role>([
  'first_contact',
  'relative',
  'informal_carer',
  ...REPRESENTATION_ORDER,
])
const NURSES = new Set<Role>(['primary_carer', 'carer', 'nurse', 'district_nurse'])
const PHYSICIANS = new Set<Role>(['elderly_care_physician', 'gp', 'care_responsible_wzd'])
const THERAPISTS = new Set<Role>([
  'physiotherapist',
  'occupational_therapist',
  'speech_therapist',
  'dietician',
  'psychologist',
  'spiritual_carer',
  'activity_coordinator',
])

/** The roles of those directly involved in the care. */
export const CARE_ROLES: readonly Role[] = [...NURSES, ...PHYSICIANS, ...THERAPISTS]

export const isClient = ({ role }: Pick<Person, 'role'>): boolean => role === 'client'
export const isFamily = ({ role }: Pick<Person, 'role'>): boolean => FAMILY.has(role)
export const isRepresentative = ({ role }: Pick<Person, 'role'>): boolean =>
  (REPRESENTATION_ORDER as readonly Role[]).includes(role)

/** Directly involved in the care (WGBO 7:457): a care role, and not merely welcome as a guest. */
export const isProfessional = (person: Person): boolean =>
  person.authority !== 'none' &&
  (NURSES.has(person.role) || PHYSICIANS.has(person.role) || THERAPISTS.has(person.role))

/** The columns of the permission matrix (domain.md §3.3): everybody belongs to one. */
export const SEATS = [
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
  'manager',
  'outsider',
] as const
export type Seat = (typeof SEATS)[number]

/** An interpreter has a seat while a talk goes on that they are part of, and none between talks. */
export const isBetweenTalks = ({ role, access, inTalk }: Person): boolean =>
  role === 'interpreter' && access === 'active' && inTalk !== true

/** A therapist involved in the care; not one who is merely welcome as a guest. */
export const isTherapist = ({ role, authority }: Pick<Person, 'role' | 'authority'>): boolean =>
  authority !== 'none' && THERAPISTS.has(role)

export function seatOf(person: Person, people: readonly Person[]): Seat {
  if (person.access === 'ended') return 'outsider'
  if (person.role === 'client') return 'client'
  if (person.role === 'administrator') return 'outsider' // money only, never care (S11)
  if (person.role === 'care_manager') return 'manager'
  if (actingRepresentative(people)?.id === person.id) return 'acting-representative'
  if (person.role === 'informal_carer') return 'informal-carer'
  if (isFamily(person)) return 'relative'
  if (isBetweenTalks(person)) return 'outsider'
  if (person.role === 'interpreter') return 'interpreter'
  if (person.role === 'client_supporter') return 'client-supporter'
  if (person.role === 'social_district_team') return 'social-team'
  if (isProfessional(person)) {
    if (NURSES.has(person.role)) return 'nurse'
    return PHYSICIANS.has(person.role) ? 'physician' : 'therapist'
  }
  return 'guest'
}

export const clientOf = (people: readonly Person[]): Person | undefined => people.find(isClient)

/** Who could stand in for the client, in the legal order; of equals, who was pointed out first. */
export function representatives(people: readonly Person[]): Person[] {
  const willing = people.filter((p) => p.access === 'active' && p.declines !== true)
  return REPRESENTATION_ORDER.flatMap((role) =>
    willing
      .filter((p) => p.role === role)
      .sort((a, b) => Number(b.pointedOut ?? false) - Number(a.pointedOut ?? false)),
  )
}

/** Who acts for the client where she cannot decide; one person, the highest in the legal order. */
export function actingRepresentative(people: readonly Person[]): Person | undefined {
  if (clientOf(people)?.authority !== 'self_where_possible') return undefined
  return representatives(people)[0]
}

const RESPONSIBLE_ORDER: readonly Role[] = [
  'primary_carer',
  'nurse',
  'district_nurse',
  'care_responsible_wzd',
  'elderly_care_physician',
  'gp',
]

/** The professional who answers for the plan: the EVV, else the nurse, else the doctor. */
export function responsibleProfessional(people: readonly Person[]): Person | undefined {
  const active = people.filter((p) => p.access === 'active' && isProfessional(p))
  for (const role of RESPONSIBLE_ORDER) {
    const found = active.find((p) => p.role === role)
    if (found) return found
  }
  return active[0]
}

/**
 * Whose seat rests on the client's consent (WGBO 7:457), so that she may let them see some goals
 * only. Who is involved in the care, and who acts for her, read what they need for that.
 */
export const CONSENT_SEATS: readonly Seat[] = [
  'relative',
  'informal-carer',
  'social-team',
  'client-supporter',
  'interpreter',
  'guest',
]

/** Whether somebody can be let in for some goals only: not who works in the care. */
export const mayBeForSome = (role: Role): boolean =>
  role !== 'client' && !CARE_ROLES.includes(role) && role !== 'care_manager'

/** Whether somebody sees some goals and nothing else of the plan. */
export const seesSomeGoals = (person: Person, people: readonly Person[]): boolean =>
  Array.isArray(person.goals) && CONSENT_SEATS.includes(seatOf(person, people))

/** Whether somebody may read this goal, as far as the client's consent goes. */
export const seesGoal = (person: Person, goalId: string, people: readonly Person[]): boolean =>
  !seesSomeGoals(person, people) || person.goals?.includes(goalId) === true
