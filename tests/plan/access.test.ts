import { expect, test } from 'vitest'
import { ACTS, MATRIX, may, ZONES, type Act, type Zone } from '#plan/access.ts'
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

/** The matrix once more, as domain.md §3.3 prints it: who reads which zone. */
const READS: Record<Seat, readonly Zone[]> = {
  client: ['shared', 'care', 'client'],
  'acting-representative': ['shared', 'care'],
  relative: ['shared'],
  'informal-carer': ['shared'],
  nurse: ['shared', 'care'],
  physician: ['shared', 'care'],
  therapist: ['shared', 'care'],
  'social-team': ['shared'],
  'client-supporter': ['shared'],
  interpreter: ['shared'],
  guest: ['shared'],
  manager: [],
  outsider: [],
}

test('every role reads exactly the zones of its seat, and never another person’s draft', () => {
  let asked = 0
  for (const role of ROLES) {
    for (const client of [able, unable]) {
      const who = role === 'client' ? client : person(role)
      const people = role === 'client' ? [client] : [client, who]
      const seat = seatOf(who, people)
      for (const zone of ZONES) {
        const expected = READS[seat].includes(zone)
        expect(may(who, 'read', { zone, owner: 'somebody-else' }, people), `${role} ${zone}`).toBe(
          expected,
        )
        asked++
      }
    }
  }
  expect(asked).toBe(ROLES.length * 2 * ZONES.length)
})

test('every act in every zone is answered from the table', () => {
  const seats: Partial<Record<Seat, [Person, Person[]]>> = {}
  for (const role of ROLES) {
    for (const client of [able, unable]) {
      const who = role === 'client' ? client : person(role)
      const people = role === 'client' ? [client] : [client, who]
      seats[seatOf(who, people)] ??= [who, people]
    }
  }
  seats.guest = [person('spiritual_carer', { authority: 'none' }), [able]]
  expect(Object.keys(seats).sort()).toEqual([...SEATS].sort())
  for (const [seat, [who, people]] of Object.entries(seats) as [Seat, [Person, Person[]]][]) {
    for (const act of ACTS) {
      for (const zone of ['shared', 'care'] as const) {
        expect(may(who, act, { zone }, people), `${seat} ${act} ${zone}`).toBe(
          MATRIX[act][zone].includes(seat),
        )
      }
    }
  }
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
