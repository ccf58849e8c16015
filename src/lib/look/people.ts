import type { PersonView } from '#live/wire.ts'

/** The thread of a person: 1 is the client; past ten people numbers repeat from 2. */
export const thread = (person: Pick<PersonView, 'number'>): number =>
  person.number <= 10 ? person.number : ((person.number - 2) % 9) + 2

/** How somebody is called at the table: the first name, or the whole name of a doctor. */
export const shortName = (person: Pick<PersonView, 'name'>): string => {
  const words = person.name.split(' ')
  return /^(dokter|dr\.?|pandit|mevrouw|meneer)$/i.test(words[0] ?? '')
    ? [words[0], words.at(-1)].join(' ')
    : (words[0] ?? person.name)
}

/** A name without "mevrouw" or "meneer" before it. */
export const plainName = (name: string): string =>
  name.replace(/^(mevrouw|meneer|mevr\.|dhr\.)\s+/i, '')

/** The letter in somebody's sign. */
export const initial = (person: Pick<PersonView, 'name'>): string => {
  const name = person.name.replace(/^(dokter|dr\.?|pandit)\s+(\w\.\s+)*/i, '')
  return (name[0] ?? '?').toUpperCase()
}
