/** What is read out on each of the client's screens, in the order it stands there. */
import type { ClientGoal } from '#live/client.ts'
import { longDay } from '#lib/look/dates.ts'
import { inARow } from '#lib/look/words.ts'
import { m } from '#lib/paraglide/messages.js'
import type { Part } from './reading.svelte.ts'
import type { ClientRound } from './round.svelte.ts'

/** An agreement as one says it: who does it stands in the sentence, or before it. */
function actionText(what: string, who: string, when: string): string {
  const said = who === '' || what.includes(who) ? what : `${who}: ${what}`
  const bare = said.replace(/[.\s]+$/, '')
  const apart = /^\p{Lu}/u.test(when) ? '. ' : ', '
  const whole = when === '' ? said : `${bare}${apart}${when}`
  return /[.!?]$/.test(whole) ? whole : `${whole}.`
}

type Names = (id: string | null) => string

/** One agreement: what she said, what we agree, who does what. */
export function partsOf(goal: ClientGoal, names: Names): Part[] {
  const parts: Part[] = []
  if (goal.said) {
    parts.push({ id: 'lead-said', text: m.goal_you_once_said() })
    parts.push({ id: 'said', text: goal.said })
  }
  parts.push({ id: 'lead-goal', text: m.goal_we_agree() })
  parts.push({ id: 'goal', text: goal.words.plainText })
  for (const [at, { what, who, when }] of goal.words.actions.entries()) {
    parts.push({ id: `action-${at}`, text: actionText(what, names(who), when) })
  }
  if (goal.trialUntil !== null) {
    parts.push({ id: 'trial', text: m.goal_try_first({ day: longDay(goal.trialUntil) }) })
  }
  return parts
}

/** The agreement with the question and the answers under it. */
export const askParts = (goal: ClientGoal, names: Names): Part[] => [
  ...partsOf(goal, names),
  { id: 'question', text: m.goal_question_client() },
  { id: 'answers', text: `${m.goal_yes_client()}. ${m.goal_no()}. ${m.goal_talk()}.` },
]

/** The second look: what she is about to say, and to what. */
export function lookParts(goal: ClientGoal, names: Names, answer: 'yes' | 'no' | 'talk'): Part[] {
  const word = answer === 'yes' ? m.goal_yes() : m.goal_no()
  const lead =
    answer === 'talk' ? m.goal_look_talk() : `${m.goal_you_say()} ${word} ${m.goal_to_this()}`
  const words = partsOf(goal, names).filter(
    ({ id }) => !['lead-said', 'said', 'lead-goal'].includes(id),
  )
  return [{ id: 'look', text: lead }, ...words]
}

/** What may not be right about an agreement, as she can choose it. */
export const reasons = (): string[] => [
  m.goal_reason_words(),
  m.goal_reason_who(),
  m.goal_reason_when(),
  m.goal_reason_not_want(),
  m.goal_reason_other(),
  m.goal_reason_unknown(),
]

export const whyParts = (): Part[] => [
  { id: 'why', text: m.goal_look_no() },
  { id: 'why-what', text: `${m.client_arrived_no()} ${m.goal_reason_client()}` },
  { id: 'reasons', text: [...reasons(), m.client_no_reason()].map((one) => `${one}.`).join(' ') },
]

/** After an answer: whether it arrived, what it means and who hears it. */
export function toldParts(round: ClientRound, goal: ClientGoal, names: Names): Part[] {
  const { said, way, adds } = round
  const pick = (yes: string, no: string, talk: string) =>
    said === 'no' ? no : said === 'talk' ? talk : yes
  const parts = (head: string, ...rest: string[]): Part[] => [
    { id: 'told', text: head },
    ...rest.filter((text) => text !== '').map((text, at) => ({ id: `told-${at}`, text })),
  ]
  if (way === 'unsure') return parts(m.client_unsure(), m.client_unsure_what())
  if (way === 'lost' && adds) return parts(m.client_lost_reason(), m.client_lost_what())
  if (way === 'lost')
    return parts(
      pick(m.client_lost_yes(), m.client_lost_no(), m.client_lost_talk()),
      m.client_lost_what(),
    )
  if (way === 'refused')
    return parts(adds ? m.client_lost_reason() : m.client_not_taken(), round.message)
  if (way !== 'arrived') return parts(m.goal_sending())
  const hearers = goal.hears.map(names).filter((name) => name !== '')
  const who = inARow(hearers)
  const heard = hearers.length === 1 ? m.client_heard_one({ who }) : m.client_heard_many({ who })
  return parts(
    pick(m.client_arrived_yes(), m.client_arrived_no(), m.client_arrived_talk()),
    isAgreed(round, goal)
      ? m.client_agreed_now()
      : pick(m.client_yes_after(), m.goal_no_after(), m.client_talk_after()),
    hearers.length > 0 ? heard : '',
  )
}

/** Whether exactly the words she answered are agreed now. */
export const isAgreed = (round: ClientRound, { id, hash }: ClientGoal): boolean => {
  const now = round.goal(id)
  return now?.agreed === true && now.hash === hash
}
