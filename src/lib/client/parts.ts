/** What is read out of one agreement, in the order it stands on the screen. */
import type { ClientGoal } from '#live/client.ts'
import { longDay } from '#lib/look/dates.ts'
import { m } from '#lib/paraglide/messages.js'
import type { Part } from './reading.svelte.ts'

/** An agreement as one says it: who does it stands in the sentence, or before it. */
function actionText(what: string, who: string, when: string): string {
  const said = who === '' || what.includes(who) ? what : `${who}: ${what}`
  const bare = said.replace(/[.\s]+$/, '')
  const apart = /^\p{Lu}/u.test(when) ? '. ' : ', '
  const whole = when === '' ? said : `${bare}${apart}${when}`
  return /[.!?]$/.test(whole) ? whole : `${whole}.`
}

export function partsOf(goal: ClientGoal, names: (id: string | null) => string): Part[] {
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
