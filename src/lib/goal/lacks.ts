/** What a goal may still lack, as the screen asks for it. */
import type { Lack } from '#plan/words.ts'
import { m } from '#lib/paraglide/messages.js'

/** In the order of the page. */
export const LACKS = ['what', 'who', 'when', 'success'] as const satisfies readonly Lack[]

const words: Record<Lack, () => string> = {
  what: m.goal_lack_what,
  who: m.goal_lack_who,
  when: m.goal_lack_when,
  success: m.goal_success,
}
export const lackWord = (lack: Lack): string => words[lack]()
