/** How sure we must be who somebody is, for each role by hand. */
import { describe, expect, test } from 'vitest'
import { ASSURANCES, mayAnswerWith, reaches, stepFor, toAnswer, toRead } from '#plan/assurance.ts'
import { ROLES, type Role } from '#plan/people.ts'

/** role: what reading asks, what answering asks. */
const OWN: Partial<Record<Role, [string, string]>> = {
  client: ['low', 'low'],
  first_contact: ['low', 'middle'],
  relative: ['low', 'middle'],
  informal_carer: ['low', 'middle'],
  administrator: ['low', 'middle'],
  client_supporter: ['low', 'middle'],
  confidant: ['low', 'middle'],
  interpreter: ['low', 'middle'],
  volunteer: ['low', 'middle'],
  curator: ['middle', 'middle'],
  mentor: ['middle', 'middle'],
  authorised_rep: ['middle', 'middle'],
  partner_rep: ['middle', 'middle'],
  family_rep: ['middle', 'middle'],
}

test.each(ROLES)('%s reads and answers with what fits the risk', (role) => {
  expect([toRead([role]), toAnswer(role)]).toEqual(OWN[role] ?? ['substantial', 'substantial'])
  const enough = ASSURANCES.filter((level) => mayAnswerWith(level, { role }))
  expect(enough).toEqual(ASSURANCES.filter((level) => reaches(level, toAnswer(role))))
})

test('who has two seats is asked what the stricter of them asks', () => {
  expect(toRead(['relative', 'nurse'])).toBe('substantial')
  expect(toRead(['relative', 'mentor'])).toBe('middle')
  expect(toRead([])).toBe('low')
})

describe('the step still to take', () => {
  const required = { required: true, enrolled: false }
  const enrolled = { required: true, enrolled: true }
  const offered = { required: false, enrolled: false }
  test('who works in care enrols a factor before anything else, and then shows it', () => {
    expect(stepFor('low', ['nurse'], required)).toBe('enrol')
    expect(stepFor('middle', ['nurse'], required)).toBe('enrol')
    expect(stepFor('low', ['nurse'], enrolled)).toBe('second-factor')
    expect(stepFor('substantial', ['nurse'], enrolled)).toBeNull()
  })
  test('a relative reads with a link, who decides for another does not', () => {
    expect(stepFor('low', ['relative'], required)).toBeNull()
    expect(stepFor('low', ['mentor'], required)).toBe('second-factor')
    expect(stepFor('middle', ['mentor'], required)).toBeNull()
  })
  test('where factors are offered, only one that somebody chose is asked for', () => {
    expect(stepFor('low', ['nurse'], offered)).toBeNull()
    expect(stepFor('low', ['nurse'], { ...offered, enrolled: true })).toBe('second-factor')
    expect(stepFor('low', ['relative'], { ...offered, enrolled: true })).toBe('second-factor')
    expect(stepFor('middle', ['relative'], { ...offered, enrolled: true })).toBeNull()
  })
})
