import type { Person } from './people.ts'

/** How somebody is called at the table: the first name, or the whole name of a doctor. */
export const shortName = (person: Pick<Person, 'name'>): string => {
  const words = person.name.split(' ')
  return /^(dokter|dr\.?|pandit|mevrouw|meneer)$/i.test(words[0] ?? '')
    ? [words[0], words.at(-1)].join(' ')
    : (words[0] ?? person.name)
}
