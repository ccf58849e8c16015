import { expect, test } from 'vitest'
import { ACTS, may, ZONES, type Act, type Thing, type Zone } from '#plan/access.ts'
import { ROLES, SEATS, seatOf, type Person, type Role, type Seat } from '#plan/people.ts'

const person = (role: Role, more: Partial<Person> = {}): Person => ({
  id: role,
  key: role,
  name: role,
  role,
  relation: null,
  authority: role === 'client' ? 'self' : 'professional',
  mayConfirm: true,
  number: 2,
  confidantOfClient: false,
  access: 'active',
  ...more,
})
const able = person('client')
const unable = person('client', { authority: 'self_where_possible' })

/** The columns of the table below, in the order of domain.md §3.3; a guest is welcome, no more. */
const COLUMNS: readonly Seat[] = [
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
]

/**
 * domain.md §3.3 written down once more, by hand: for each act who may in the zone everybody
 * shares, and who in the care zone as a whole. A new act does not compile without its row. The
 * column of the interpreter holds while a talk goes on; that of who has no seat, between talks.
 */
//                          C R r i  N P T s  c t g  M –
const TABLE: Record<Act, [shared: string, care: string]> = {
  read: ['✔ ✔ ✔ ✔  ✔ ✔ ✔ ✔  ✔ ✔ ✔  – –', '✔ ✔ – –  ✔ ✔ – –  – – –  – –'],
  write: ['✔ ✔ ✔ ✔  ✔ ✔ ✔ ✔  ✔ ✔ –  – –', '✔ ✔ – –  ✔ ✔ – –  – – –  – –'],
  'add-observation': ['– ✔ ✔ ✔  ✔ ✔ ✔ ✔  – – –  – –', '– ✔ – –  ✔ ✔ – –  – – –  – –'],
  'add-point': ['✔ ✔ ✔ ✔  ✔ ✔ ✔ ✔  ✔ – –  – –', '✔ ✔ – –  ✔ ✔ – –  – – –  – –'],
  'create-goal': ['✔ ✔ ✔ ✔  ✔ ✔ ✔ ✔  ✔ – –  – –', NOBODY()],
  present: ['– – – –  ✔ ✔ ✔ –  – – –  – –', NOBODY()],
  answer: ['✔ ✔ ✔ ✔  ✔ ✔ ✔ ✔  ✔ – ✔  – –', NOBODY()],
  'answer-for-client': ['– ✔ – –  ✔ ✔ ✔ –  – – –  – –', NOBODY()],
  revise: ['✔ ✔ – –  ✔ ✔ ✔ –  – – –  – –', NOBODY()],
  'decide-dissent': ['– – – –  ✔ ✔ ✔ –  – – –  – –', NOBODY()],
  'remove-any-card': ['✔ ✔ – –  ✔ ✔ ✔ –  – – –  – –', '✔ ✔ – –  ✔ ✔ – –  – – –  – –'],
  erase: ['– – – –  ✔ ✔ ✔ –  – – –  – –', '– – – –  ✔ ✔ – –  – – –  – –'],
  'erase-plan': ['– – – –  ✔ ✔ ✔ –  – – –  – –', NOBODY()],
  export: ['✔ ✔ – –  ✔ ✔ – –  – – –  – –', NOBODY()],
  'see-who-looked': ['✔ ✔ – –  – – – –  – – –  – –', NOBODY()],
  'see-own-looks': ['– – – –  ✔ ✔ ✔ –  – – –  – –', NOBODY()],
  invite: ['✔ ✔ – –  – – – –  – – –  – –', NOBODY()],
  'invite-on-request': ['– – – –  ✔ ✔ ✔ –  – – –  – –', NOBODY()],
  'record-representation': ['– – – –  ✔ ✔ – –  – – –  – –', NOBODY()],
  import: ['– – – –  ✔ ✔ ✔ –  – – –  – –', NOBODY()],
  lead: ['– – – –  ✔ ✔ ✔ –  – – –  – –', NOBODY()],
  'see-numbers': ['– – – –  – – – –  – – –  ✔ –', NOBODY()],
  audit: ['– – – –  – – – –  – – –  ✔ –', NOBODY()],
  judge: [NOBODY(), '– – – –  ✔ ✔ – –  – – –  – –'],
  'let-in': [NOBODY(), NOBODY()],
  'end-letting-in': [NOBODY(), '✔ ✔ – –  – – – –  – – –  – –'],
  'set-plan': ['– – – –  ✔ ✔ – –  – – –  – –', NOBODY()],
}
function NOBODY(): string {
  return '– – – –  – – – –  – – –  – –'
}
/** What a therapist may in the part of the care zone that is their own; what others may is above. */
const IN_OWN_PART: readonly Act[] = [
  'read',
  'write',
  'add-observation',
  'add-point',
  'remove-any-card',
]
/** Who else reads and writes in such a part: asked of a part, never of the whole zone. */
const OF_A_PART: readonly Act[] = ['let-in', 'end-letting-in']
const says = (row: string, seat: Seat) => row.split(/\s+/)[COLUMNS.indexOf(seat)] === '✔'

const KINDS = [{}, { authority: 'none' }, { confidantOfClient: true }, { inTalk: true }] as const

/** Everyone who can sit in each seat, with the table they sit at. */
function seats(): [Seat, Person, Person[]][] {
  const found: [Seat, Person, Person[]][] = []
  for (const role of ROLES) {
    for (const client of [able, unable]) {
      for (const more of KINDS) {
        const who = role === 'client' ? client : person(role, more)
        const people = role === 'client' ? [client] : [client, who]
        found.push([seatOf(who, people), who, people])
      }
    }
  }
  return found
}

test('the table has every seat, and the roles fill every seat', () => {
  expect([...COLUMNS].sort()).toEqual([...SEATS].sort())
  expect([...new Set(seats().map(([seat]) => seat))].sort()).toEqual([...SEATS].sort())
  for (const row of Object.values(TABLE).flat()) {
    expect(row.split(/\s+/)).toHaveLength(SEATS.length)
  }
})

test('every act of every role in every zone is answered as the table says', () => {
  let asked = 0
  for (const [seat, who, people] of seats()) {
    for (const act of ACTS) {
      const [shared, care] = TABLE[act]
      const answers = ZONES.map((zone) => may(who, act, { zone, owner: 'somebody-else' }, people))
      const hers =
        ['read', 'write'].includes(act) || (act === 'remove-any-card' && seat === 'client')
      const client = hers && (seat === 'client' || picked(seat, who))
      const expected: Record<Zone, boolean> = {
        shared: says(shared, seat),
        care: says(care, seat),
        client: ['remove-any-card', 'erase'].includes(act) ? seat === 'client' : client,
        draft: false,
      }
      expect(answers, `${who.role} as ${seat}: ${act}`).toEqual(ZONES.map((zone) => expected[zone]))
      asked += ZONES.length
    }
  }
  expect(asked).toBe(ROLES.length * 2 * KINDS.length * ACTS.length * ZONES.length)
})

test('of the care zone a therapist has their own part, and nobody else’s', () => {
  const [psychologist, dietician] = [person('psychologist'), person('dietician')]
  const [nurse, doctor, mentor] = [person('nurse'), person('gp'), person('mentor')]
  const [daughter, manager] = [person('relative'), person('care_manager')]
  const people = [unable, psychologist, dietician, nurse, doctor, mentor, daughter, manager]
  const mayIn = (who: Person, act: Act, owner: string | null) =>
    may(who, act, { zone: 'care', owner }, people)
  for (const act of ACTS) {
    const own = [...IN_OWN_PART, ...OF_A_PART].includes(act)
    expect(mayIn(psychologist, act, psychologist.id), act).toBe(own || act === 'judge')
    expect(mayIn(dietician, act, dietician.id), act).toBe(own)
    expect(mayIn(psychologist, act, dietician.id), act).toBe(false)
    expect(mayIn(psychologist, act, null), act).toBe(false)
    expect(OF_A_PART.includes(act) && people.some((one) => mayIn(one, act, null)), act).toBe(false)
    if (OF_A_PART.includes(act)) continue
    for (const other of people.filter((one) => one !== psychologist))
      expect(mayIn(other, act, dietician.id) && other !== dietician, `${other.key}: ${act}`).toBe(
        other !== dietician && mayIn(other, act, null),
      )
  }
  const reads = people.filter((one) => mayIn(one, 'read', psychologist.id)).map(({ key }) => key)
  expect(reads).toEqual(['client', 'psychologist', 'nurse', 'gp', 'mentor'])
})

test('a therapist lets a colleague in to their part, and to nothing else', () => {
  const psychologist = person('psychologist')
  const [tom, third] = [person('activity_coordinator'), person('dietician')]
  const carer = person('primary_carer')
  const inside = { ...tom, letIn: [psychologist.id] }
  const people = [unable, psychologist, inside, third, carer, person('mentor')]
  const part = (owner: string | null) => ({ zone: 'care' as const, owner })
  for (const act of ACTS) {
    const writes = IN_OWN_PART.includes(act) && act !== 'remove-any-card' // hers stays hers
    expect(may(inside, act, part(psychologist.id), people), act).toBe(writes)
    expect(may(inside, act, part(third.id), people), act).toBe(false)
    expect(may(inside, act, part(null), people), act).toBe(false)
    expect(may(third, act, part(psychologist.id), people), act).toBe(false)
    // who is no therapist, or no longer works here, gains nothing by it
    const guest = { ...inside, authority: 'none' as const }
    const gone = { ...inside, access: 'ended' as const }
    for (const one of [guest, gone])
      expect(may(one, act, part(psychologist.id), [...people, one]), act).toBe(false)
  }
  const who = (act: Act, at: Person[]) =>
    at.filter((one) => may(one, act, part(psychologist.id), at)).map(({ key }) => key)
  expect(who('let-in', people)).toEqual(['psychologist'])
  expect(who('end-letting-in', people)).toEqual(['client', 'psychologist', 'mentor'])
  // of who left, the professional who answers for the plan opens it to a successor
  const left = people.map((one) =>
    one === psychologist ? { ...psychologist, access: 'ended' as const } : one,
  )
  expect(who('let-in', left)).toEqual(['primary_carer'])
  expect(who('end-letting-in', left)).toEqual(['client', 'primary_carer', 'mentor'])
})

test('an interpreter may nothing between talks, not even in what they wrote for themselves', () => {
  const tolk = person('interpreter')
  for (const act of ACTS)
    for (const zone of ZONES)
      expect(may(tolk, act, { zone, owner: tolk.id }, [able, tolk]), `${act} ${zone}`).toBe(false)
  const inTalk = { ...tolk, inTalk: true }
  expect(may(inTalk, 'read', { zone: 'shared' }, [able, inTalk])).toBe(true)
  expect(may(inTalk, 'read', { zone: 'care' }, [able, inTalk])).toBe(false)
})

/** Picked by the client to read her own zone: never a manager, nor whom nothing is open to. */
const picked = (seat: Seat, who: Person) =>
  who.confidantOfClient && seat !== 'manager' && seat !== 'outsider'

test('only the professional who answers for the plan invites at the client’s request', () => {
  const [carer, doctor] = [person('primary_carer'), person('gp')]
  const asks = (who: Person, people: Person[]) =>
    may(who, 'invite-on-request', { zone: 'shared' }, people)
  expect(asks(carer, [able, doctor, carer])).toBe(true)
  expect(asks(doctor, [able, doctor, carer])).toBe(false)
  expect(asks(doctor, [able, doctor])).toBe(true)
})

test('access that ended opens nothing', () => {
  const gone = person('primary_carer', { access: 'ended' })
  const all: [Act, Zone][] = ACTS.flatMap((act) => ZONES.map((zone): [Act, Zone] => [act, zone]))
  expect(
    all.filter(([act, zone]) => may(gone, act, { zone, owner: gone.id }, [able, gone])),
  ).toEqual([])
})

test('a representative reads the care zone only while the client cannot decide', () => {
  const mentor = person('mentor', { authority: 'representative' })
  expect(may(mentor, 'read', { zone: 'care' }, [able, mentor])).toBe(false)
  expect(may(mentor, 'read', { zone: 'care' }, [unable, mentor])).toBe(true)
})

test('one person acts for the client at a time, the highest in the legal order', () => {
  const [mentor, partner] = [person('mentor'), person('partner_rep')]
  expect(seatOf(mentor, [unable, partner, mentor])).toBe('acting-representative')
  expect(seatOf(partner, [unable, partner, mentor])).toBe('relative')
})

test('the client’s own zone is for her and whom she picked', () => {
  const niece = person('authorised_rep', { confidantOfClient: true })
  const son = person('first_contact')
  const people = [able, niece, son]
  const reads = (who: Person) => may(who, 'read', { zone: 'client' }, people)
  expect([able, niece, son].map(reads)).toEqual([true, true, false])
})

test('a draft is its writer’s alone', () => {
  const [a, b] = [person('relative'), person('nurse')]
  const draft = { zone: 'draft' as const, owner: a.id }
  expect([may(a, 'write', draft, [able, a, b]), may(b, 'read', draft, [able, a, b])]).toEqual([
    true,
    false,
  ])
})

test('someone who looks after money has no access to care (domain D6)', () => {
  expect(
    may(person('administrator'), 'read', { zone: 'shared' }, [able, person('administrator')]),
  ).toBe(false)
})

test('D23: who was let in for some goals reads those and answers to them, and nothing else of the plan', () => {
  const goals = ['g2']
  for (const role of [
    'relative',
    'informal_carer',
    'client_supporter',
    'social_district_team',
  ] as const) {
    const some = person(role, { goals, confidantOfClient: true })
    const people = [able, some]
    const asks = (act: Act, thing: Thing) => may(some, act, thing, people)
    expect(ACTS.filter((act) => asks(act, { zone: 'shared', goalId: 'g2' }))).toEqual([
      'read',
      'answer',
    ])
    expect(ACTS.filter((act) => asks(act, { zone: 'shared', goalId: 'g1' }))).toEqual([])
    for (const zone of ZONES)
      expect(ACTS.filter((act) => asks(act, { zone, owner: some.id }))).toEqual([])
  }
})

test('D23: who acts for the client, and who works in the care, read what that asks, whatever was said before', () => {
  const partner = person('partner_rep', { goals: ['g2'] })
  const nurse = person('nurse', { goals: ['g2'] })
  expect(may(partner, 'read', { zone: 'shared' }, [unable, partner])).toBe(true)
  expect(may(partner, 'read', { zone: 'shared' }, [able, partner])).toBe(false)
  expect(may(nurse, 'read', { zone: 'shared' }, [able, nurse])).toBe(true)
})
