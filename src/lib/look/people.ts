import type { PersonView } from '#live/wire.ts'

export { shortName } from '#plan/names.ts'

/** The thread of a person: 1 is the client; past ten people numbers repeat from 2. */
export const thread = (person: Pick<PersonView, 'number'>): number =>
  person.number <= 10 ? person.number : ((person.number - 2) % 9) + 2

/** A name without "mevrouw" or "meneer" before it. */
export const plainName = (name: string): string =>
  name.replace(/^(mevrouw|meneer|mevr\.|dhr\.)\s+/i, '')

/** The letter in somebody's sign. */
export const initial = (person: Pick<PersonView, 'name'>): string => {
  const name = person.name.replace(/^(dokter|dr\.?|pandit)\s+(\w\.\s+)*/i, '')
  return (name[0] ?? '?').toUpperCase()
}
