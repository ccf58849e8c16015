import type { Person } from './people.ts'

/**
 * How somebody is called at the table: the client as she wants it, others by their first name, a
 * doctor by the whole name.
 */
export const shortName = (person: Pick<Person, 'name' | 'callMe'>): string => {
  const { callMe } = person
  if (callMe) return callMe.charAt(0).toUpperCase() + callMe.slice(1)
  const words = person.name.split(' ')
  return /^(dokter|dr\.?|pandit|mevrouw|meneer)$/i.test(words[0] ?? '')
    ? [words[0], words.at(-1)].join(' ')
    : (words[0] ?? person.name)
}
