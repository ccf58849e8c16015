import { isTherapist } from '#plan/people.ts'
import type { Decides } from '#plan/seats.ts'
import type { SeatView } from '#live/seats.ts'
import { m } from '#lib/paraglide/messages.js'

/** What somebody decides, as a bold start and the rest of the sentence. */
const sentences: Record<Decides, (names: { client: string }) => [strong: string, rest: string]> = {
  self: () => [m.people_self(), m.people_self_rest()],
  'self-where-possible': () => [m.people_self(), m.people_self_possible()],
  'for-her-now': (names) => [m.people_for(), m.people_for_now(names)],
  'for-her-when-unable': (names) => [m.people_only(), m.people_only_when(names)],
  'answers-for-care': () => [m.people_answers(), m.people_answers_rest()],
  care: () => [m.people_answers(), m.people_own_work()],
  'called-first': () => [m.people_not(), m.people_called_first()],
  'own-view': () => [m.people_not(), m.people_own_view()],
  'beside-her': (names) => [m.people_not(), m.people_beside(names)],
  interprets: () => [m.people_not(), m.people_interprets()],
  money: () => [m.people_not(), m.people_money()],
  numbers: () => [m.people_not(), m.people_numbers()],
  nothing: () => [m.people_not(), m.people_reads()],
}
export const decidesWords = (decides: Decides, client: string): [string, string] =>
  sentences[decides]({ client })

/** What somebody sees, in one or two sentences. */
export function seesWords({ sees, goals, person, confidant }: SeatView, client: string): string {
  if (person.kind === 'client') return m.people_sees_all()
  if (goals !== null) {
    const words = goals.map(({ text }) => `“${text}”`).join(', ')
    return m.people_sees_goals({ goals: words })
  }
  if (person.role === 'interpreter') return m.people_sees_talk()
  if (sees.length === 0) return m.people_sees_nothing()
  const most = sees.includes('care') ? careWords(person) : m.people_sees_shared()
  return confidant ? `${most} ${m.people_sees_own({ client })}` : most
}

const careWords = ({ role }: SeatView['person']): string =>
  isTherapist({ role, authority: 'professional' }) ? m.people_sees_part() : m.people_sees_care()

/** How the client is called, at the head of a sentence. */
export const atHead = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1)
